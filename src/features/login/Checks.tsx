import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { Check, CheckState } from '~/api/checks';
import { wordsOf, type Words } from '~/lib/words';
import classes from './Checks.module.css';

/** `over`: nothing runs any more, so that what waits was not reached. */
export function Checks({ checks, over }: { checks: readonly Check[]; over: boolean }) {
  const { t } = useLingui();
  return (
    <>
      <ol className={classes.list} aria-label={t`Checks`}>
        {checks.map((check) => (
          <li key={check.id} className={classes.check} data-state={check.state}>
            <span className={classes.mark} aria-hidden>
              <Mark state={check.state} />
            </span>
            <span className={classes.label}>{wordsOf(check.label)}</span>
            <span className={classes.verdict}>
              {wordsOf(check.state === 'waiting' && over ? NOT_CHECKED : VERDICTS[check.state])}
            </span>
            {check.detail !== '' && <span className={classes.detail}>{wordsOf(check.detail)}</span>}
          </li>
        ))}
      </ol>
      {/* The whole list would be read anew with each change: only the latest verdict is said. */}
      <p role="status" className={classes.said}>
        {latest(checks)}
      </p>
    </>
  );
}

const NOT_CHECKED = msg`not checked`;
const VERDICTS: Record<CheckState, Words> = {
  waiting: msg`waiting`,
  running: msg`checking…`,
  ok: msg`ok`,
  warn: msg`warning`,
  failed: msg`failed`,
};

function Mark({ state }: { state: CheckState }) {
  switch (state) {
    case 'ok':
      return <IconCheck size={16} stroke={2.5} />;
    case 'warn':
      return <IconAlertTriangle size={16} stroke={2} />;
    case 'failed':
      return <IconX size={16} stroke={2.5} />;
    case 'running':
      return <span className={classes.turning} />;
    case 'waiting':
      return <IconMinus size={16} stroke={2} />;
  }
}

function latest(checks: readonly Check[]): string {
  const failed = checks.find(({ state }) => state === 'failed');
  const check = failed ?? checks.findLast(({ state, detail }) => (state === 'ok' || state === 'warn') && detail !== '');
  return check ? `${wordsOf(check.label)} ${wordsOf(check.detail)}` : '';
}
