import { msg, t } from '@lingui/core/macro';
import { actionOf } from '~/actions/all';
import { stepsOf } from '~/actions/playbook-parts';
import { playbookOf } from '~/actions/playbooks';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import type { JobView } from '~/entities/job/job-view';
import type { ItemStatus, LedgerRow } from '~/jobs/job';
import { wordsOf } from '~/lib/words';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import { STATUS_DOTS } from '~/ui/job/words';
import { UndoSteps } from './UndoSteps';
import classes from './playbooks.module.css';

/** How the jobs of playbooks are shown: each item with its steps, each step with its outcome. */
export const playbookView: JobView = {
  look: (job) => {
    const { kind } = job.getSnapshot();
    return {
      idHeader: playbookOf(kind)?.entity === 'report' ? msg`Report` : msg`User`,
      idCell: (id) =>
        id.startsWith('@') ? (
          <UserLink userId={id} />
        ) : id.startsWith('!') ? (
          <RoomLink roomId={id} />
        ) : (
          <Outside text={id} />
        ),
      details: (row) => <Steps kind={kind} row={row} />,
    };
  },
  undo: () =>
    t`A job of several steps is not undone as one. A step that can be undone has a button here, once the job has ended. What was redacted or deleted does not come back.`,
  Notes: UndoSteps,
};

/** The name of a step, by all that a playbook can have. */
function labelOf(kind: string, key: string): string {
  const playbook = playbookOf(kind);
  const known = playbook?.labels?.[key];
  if (known) return wordsOf(known);
  const action = actionOf(key.replace(/^\d+\./, ''));
  return action ? wordsOf(action.label) : key;
}

function Steps({ kind, row }: { kind: string; row: LedgerRow }) {
  const steps = stepsOf(row);
  if (steps.length === 0) return null;
  return (
    <ul className={classes.steps}>
      {steps.map(({ key, end }) => {
        const status: ItemStatus = end?.status ?? (row.status === 'running' ? 'running' : 'waiting');
        return (
          <li key={key}>
            <StateTag dot={STATUS_DOTS[status]}>{labelOf(kind, key)}</StateTag>{' '}
            {end && <bdi className={classes.why}>{wordsOf(end.reason)}</bdi>}
          </li>
        );
      })}
    </ul>
  );
}
