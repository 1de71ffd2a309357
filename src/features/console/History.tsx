import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Stack, Text, UnstyledButton } from '@mantine/core';
import { useState, useSyncExternalStore } from 'react';
import { clock } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { FilterChips } from '~/ui/FilterChips';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import classes from './Console.module.css';
import { sentRequests } from './console-state';
import type { Draft } from './draft';
import { kindOf, statusDot, statusWords, type StatusKind } from './status';

const KINDS = [
  { value: 'good', label: msg`succeeded`, dot: statusDot(200) },
  { value: 'refused', label: msg`refused`, dot: statusDot(400) },
  { value: 'broken', label: msg`server errors`, dot: statusDot(500) },
  { value: 'none', label: msg`without an answer`, dot: statusDot(null) },
] as const satisfies readonly { value: StatusKind; label: unknown; dot: string }[];

/** What was sent from here in this tab. A click fills the form with it again. */
export function History({ onOpen }: { onOpen(draft: Draft): void }) {
  const { t } = useLingui();
  const sent = useSyncExternalStore(sentRequests.subscribe, sentRequests.get);
  const [only, show] = useState<StatusKind | null>(null);
  if (sent.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Requests that you send are listed here until you sign out or reload the page.</Trans>
      </Text>
    );
  }
  const chips = KINDS.map(({ value, label, dot }) => {
    const count = sent.filter(({ status }) => kindOf(status) === value).length;
    return { value, label, dot, count };
  });
  const shown = only === null ? sent : sent.filter(({ status }) => kindOf(status) === only);
  return (
    <Stack gap="xs">
      <FilterChips label={t`Outcome`} chips={chips} value={only} onChange={(kind) => show(kind)} />
      <ul className={classes.rows}>
        {shown.map(({ id, at, status, ms, isCut, ...draft }) => (
          <li key={id} className={classes.row}>
            <UnstyledButton className={classes.fill} onClick={() => onOpen(draft)}>
              <span className={classes.mono}>
                {draft.method} <Outside as="id" text={draft.path} longest={400} />
              </span>
              {isCut && (
                <Text span size="xs" c="dimmed" display="block">
                  <Trans>Passwords and tokens in its body were not kept.</Trans>
                </Text>
              )}
            </UnstyledButton>
            <Text span size="sm" c="dimmed" className={classes.aside}>
              <StateTag dot={statusDot(status)}>{statusWords(status)}</StateTag> {t`${formatCount(Math.round(ms))} ms`}{' '}
              · {clock(at)}
            </Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
