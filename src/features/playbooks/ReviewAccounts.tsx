import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useMemo, useState, type ComponentType } from 'react';
import { changes, losesForGood, type Playbook, type Target } from '~/actions/playbook';
import { actionFor } from '~/actions/under-mas';
import { useSession } from '~/data/session';
import { UserLink } from '~/entities/user/UserLink';
import { asServer } from '~/job-store/action-jobs';
import { formatBytes } from '~/lib/bytes';
import { day } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { useLeftIn } from '~/ui/wizard/left-out';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review } from '~/ui/wizard/Review';
import type { AccountRow, AccountsPlanned } from './accounts';
import { Sample } from './Sample';

interface TakenProps<Planned> {
  planned: Planned;
  runs: readonly AccountRow[];
}

interface ReviewAccountsProps<Planned extends AccountsPlanned> {
  playbook: Playbook;
  planned: Planned;
  /** How many rooms they are in, as a sentence. */
  memberships(count: number): string;
  /** Verb, number and target of so many. */
  sentence(count: number): string;
  /** Above the plan: what else the accounts that are left in take along. */
  besides?: ComponentType<TakenProps<Planned>>;
  /** Below the plan, of the same. */
  below?: ComponentType<TakenProps<Planned>>;
  backTo: string;
  /** What a row that runs is to the job; its `target` unless said. */
  targetsOf?(runs: readonly AccountRow[]): readonly Target[];
  onRun(targets: readonly Target[], count: number): void;
}

const TARGETS = (runs: readonly AccountRow[]): readonly Target[] => runs.flatMap(({ target }) => target ?? []);

const VERDICTS = { will: msg`will run`, nothing: msg`nothing to do`, cannot: msg`excluded` };

/** The plan of a playbook for each account, what its steps do, and its last click. */
export function ReviewAccounts<Planned extends AccountsPlanned>({
  playbook,
  planned,
  memberships,
  sentence,
  besides: Besides,
  below: Below,
  backTo,
  targetsOf = TARGETS,
  onRun,
}: ReviewAccountsProps<Planned>) {
  const { t } = useLingui();
  const session = useSession();
  const { rows, input, notes, at } = planned;
  const steps = playbook.steps(input);
  const left = useLeftIn(planned, rows);
  const [sampled, setSampled] = useState<string | null>(null);
  const [columns] = useState(() => [...COLUMNS, sampleColumn(setSampled)]);
  const where = { server: asServer(session), isMyself: false };
  const runs = useMemo(() => left.runs(), [left]);
  const sum = (value: (row: AccountRow) => number) => runs.reduce((all, row) => all + value(row), 0);
  const [files, size] = [sum((row) => row.files), formatBytes(sum((row) => row.bytes))];
  const touches = steps.map((step) => {
    const told = changes(step)
      ? actionFor(step.action, where.server).consequences(
          step.input?.({ ...NO_TARGET, input, server: where.server }) ?? null,
          true,
          where,
        )
      : [step.about];
    return (
      <span key={step.key}>
        <b>{wordsOf(step.label)}</b>
        {': '}
        {told.map(wordsOf).join(' ')}
      </span>
    );
  });
  const title = sentence(left.count);
  return (
    <>
      <Review
        sentence={t`${title}.`}
        nothing={t`There is nothing to do.`}
        undo={losesForGood(steps) ? t`What is redacted, deleted or deactivated can’t be undone.` : null}
        touches={[
          plural(files, {
            0: 'They have no files that would be removed.',
            one: `They have # file (${size}).`,
            other: `They have # files (${size}).`,
          }),
          memberships(sum((row) => row.rooms)),
          ...touches,
          t`What they send or upload before their own turn is included: each step reads anew what there is.`,
        ]}
        warnings={notes.map((note) => ({ title: <bdi>{wordsOf(note)}</bdi>, tone: 'plain' }))}
        madeAt={at}
        left={left}
        table={{
          label: t`What would happen to each account`,
          columns,
          verdicts: VERDICTS,
          fileStem: `${playbook.kind}-plan`,
          empty: <EmptyNote title={t`No account matches`} />,
        }}
        script={{
          fileStem: playbook.kind,
          disabled: t`Not available as a script: it could not wait for the homeserver’s tasks, or continue at a step.`,
          demo: session.demo,
          write: () => Promise.reject(new Error('There is no script of a playbook.')),
        }}
        back={{ label: t`Back to choosing`, to: backTo }}
        act={title}
        counted={plural(left.count, { one: '# account', other: '# accounts' })}
        typed={losesForGood(steps)}
        onRun={(count) => onRun(targetsOf(left.runs()), count)}
        plots={Below && <Below planned={planned} runs={runs} />}
      >
        {Besides && <Besides planned={planned} runs={runs} />}
      </Review>
      <Sample userId={sampled} onClose={() => setSampled(null)} />
    </>
  );
}

/** Consequences are the same for each account. */
const NO_TARGET = {
  target: { id: '' },
  noted: {},
  look: () => Promise.reject(new Error('A consequence reads nothing.')),
  wait: () => Promise.resolve(),
};

const COLUMNS: readonly PlanColumn<AccountRow>[] = [
  {
    id: 'user',
    header: msg`User`,
    width: 'minmax(14rem, 2fr)',
    text: ({ id }) => id,
    cell: ({ id }) => <UserLink userId={id} />,
  },
  {
    id: 'created',
    header: msg`Created`,
    width: '7rem',
    text: ({ created }) => (created === null ? '' : day(created)),
  },
  {
    id: 'rooms',
    header: msg`Rooms`,
    width: '5rem',
    align: 'end',
    text: ({ verdict, rooms }) => (verdict === 'will' ? formatCount(rooms) : ''),
  },
  {
    id: 'files',
    header: msg`Files`,
    width: '8rem',
    align: 'end',
    text: ({ verdict, files, bytes }) =>
      verdict !== 'will' ? '' : files === 0 ? '0' : `${formatCount(files)} (${formatBytes(bytes)})`,
  },
];

const sampleColumn = (onAsk: (userId: string) => void): PlanColumn<AccountRow> => ({
  id: 'messages',
  header: msg`Messages`,
  width: '8rem',
  text: () => '',
  cell: ({ id }) => <SampleButton userId={id} onAsk={onAsk} />,
});

function SampleButton({ userId, onAsk }: { userId: string; onAsk(userId: string): void }) {
  const { t } = useLingui();
  const who = isolated(userId);
  return (
    <Button
      variant="default"
      size="compact-xs"
      aria-label={t`Read the last messages of ${who}`}
      onClick={() => onAsk(userId)}
    >
      {t`Read some`}
    </Button>
  );
}
