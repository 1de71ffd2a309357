import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from './SignInPage.module.css';
import { Outside } from '~/ui/Outside';

/** Asked before the first request with the token: afterwards it would be too late. */
export function UnencryptedQuestion({ baseUrl, onAnswer }: { baseUrl: string; onAnswer: (may: boolean) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alertdialog"
      aria-labelledby="glia-unencrypted"
      aria-describedby="glia-unencrypted-why"
      className={classes.question}
    >
      <p id="glia-unencrypted" className={classes.asked}>
        Send the token unencrypted?
      </p>
      <p id="glia-unencrypted-why" className={classes.why}>
        It would travel unencrypted to{' '}
        <b>
          <Outside as="id" text={baseUrl} />
        </b>
        : anyone on the way can read it and act as you. Nothing with the token was sent yet.
      </p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => onAnswer(false)}>
          Don’t send it
        </Button>
        <Button color="red" variant="outline" onClick={() => onAnswer(true)}>
          Send it unencrypted
        </Button>
      </div>
    </div>
  );
}
