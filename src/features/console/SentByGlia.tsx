import { Trans, useLingui } from '@lingui/react/macro';
import { Text, UnstyledButton } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { seenRequests } from '~/data/seen-requests';
import { clock } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import classes from './Console.module.css';
import { METHODS, type Draft } from './draft';
import { statusDot, statusWords } from './status';

/** What Glia’s other pages asked for last. A click fills the form with it; bodies are not remembered. */
export function SentByGlia({ onOpen }: { onOpen(draft: Draft): void }) {
  const { t } = useLingui();
  const all = useSyncExternalStore(seenRequests.subscribe, seenRequests.get);
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        <Trans>The last 100 requests that Glia sent from this tab, without their bodies.</Trans>
      </Text>
      <ul className={classes.rows}>
        {all.map(({ number, method, path, status, ms, at }) => {
          const verb = METHODS.find((one) => one === method) ?? 'GET';
          return (
            <li key={number} className={classes.row}>
              <UnstyledButton className={classes.fill} onClick={() => onOpen({ method: verb, path, body: '' })}>
                <span className={classes.mono}>
                  {verb} <Outside as="id" text={path} longest={400} />
                </span>
              </UnstyledButton>
              <Text span size="sm" c="dimmed" className={classes.aside}>
                <StateTag dot={statusDot(status)}>{statusWords(status)}</StateTag> {t`${formatCount(ms)} ms`} ·{' '}
                {clock(at)}
              </Text>
            </li>
          );
        })}
      </ul>
    </>
  );
}
