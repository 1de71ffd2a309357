import { Trans } from '@lingui/react/macro';
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
        <Trans>Send the token unencrypted?</Trans>
      </p>
      <p id="glia-unencrypted-why" className={classes.why}>
        <Trans>
          It would go to{' '}
          <b>
            <Outside as="id" text={baseUrl} />
          </b>{' '}
          without encryption. Anyone on the network path could read it and act as you. The token has not been sent yet.
        </Trans>
      </p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => onAnswer(false)}>
          <Trans>Don’t send it</Trans>
        </Button>
        <Button color="red" variant="outline" onClick={() => onAnswer(true)}>
          <Trans>Send it unencrypted</Trans>
        </Button>
      </div>
    </div>
  );
}
