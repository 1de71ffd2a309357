import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Checkbox, Paper, Skeleton, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { undoWords } from '~/actions/action';
import { isLifted, limitWords } from '~/actions/member/own-limit';
import { removeMembers } from '~/actions/member/remove';
import { IdLink } from '~/ui/IdLink';
import { asServer, startAction } from '~/job-store/action-jobs';
import { useDraft, usePlan } from '~/job-store/drafts';
import { ownerOf, useJob, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import type { Job } from '~/jobs/job';
import { duration } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isolatedWords, shownId } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { Outside } from '~/ui/Outside';
import { useLeftIn } from '~/ui/wizard/left-out';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review } from '~/ui/wizard/Review';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { wordsOf } from '~/lib/words';
import classes from './join-rooms.module.css';
import { MakeAdminChoice } from './MakeAdminChoice';
import { canLift, undoItems, type UndoChoices, type UndoRow } from './undo-plan';
import { beginUndoScan, withChoices, type UndoPlanned } from './undo-scan';
import { verbatim } from '~/ui/verbatim';

/** Null: as it is offered. */
const FIRST_REASON: { reason: string | null } = { reason: null };

/** Takes users out of the rooms again into which a job joined them. */
export function UndoJoins({ job }: { job: Job }) {
  const { t } = useLingui();
  const session = useSession();
  const signedIn = useSignedInAs(ownerOf(session));
  // Where a row of the job was retried or verified since, another plan is needed.
  const { version } = useJob(job);
  const plan = usePlan<{ version: number }, UndoPlanned>(`undo/${job.id}`, { version });
  const { choice, choose, make, replan, drop, isMaking, planned, problem } = plan;
  // Once it runs no new plan is made here: what it finds would be old in a moment. Nor once the admin gave it up.
  const [hasBegun, setBegun] = useState(false);
  const isWanted = !hasBegun && !isMaking && planned === null && problem === null;
  useEffect(() => {
    choose({ version });
    if (isWanted) make((making) => beginUndoScan(session, job, making));
  }, [version, choose, isWanted, make, job, session]);
  const giveUp = () => {
    setBegun(true);
    drop();
  };
  return (
    <PlanStages
      plan={{ ...plan, planned: choice.version === version ? planned : null }}
      signedIn={signedIn}
      reads={() => t`Glia reads who is in each room now, what power you have there, and your own rate limit.`}
      mayGoWithout={() => true}
      onDrop={giveUp}
      cancelTo={paths.job(job.id)}
      problemTitle={t`The undo could not be planned`}
      onRetry={drop}
      otherwise={<Skeleton h={160} aria-busy role="status" aria-label={t`Reading the job`} />}
    >
      {(ready) => <UndoReview job={job} planned={ready} onPlan={replan} onRun={() => setBegun(true)} onBegun={drop} />}
    </PlanStages>
  );
}

interface PlanProps {
  planned: UndoPlanned;
  onPlan(planned: UndoPlanned): void;
}

function UndoReview({
  job,
  planned,
  onPlan,
  onRun,
  onBegun,
}: PlanProps & { job: Job; onRun(): void; onBegun(): void }) {
  const { t } = useLingui();
  const session = useSession();
  const showJob = useShowJob();
  const [entered, enter] = useDraft('join-rooms/undo-reason', FIRST_REASON);
  const { plan, findings, choices, untouched, notes, at } = planned;
  const left = useLeftIn(findings, plan.rows);
  const items = undoItems(left.runs(), findings, choices);
  const reason = entered.reason ?? t`Joined by mistake`;
  const input = { reason: reason.trim(), unlimited: isLifted(findings.limit) };
  const choose = (patch: Partial<UndoChoices>) => onPlan(withChoices(planned, { ...choices, ...patch }));
  const { title } = job.getSnapshot();
  const jobTitle = verbatim(wordsOf(title));
  const [count, steps, { length: roomCount }] = [left.count, items.length, plan.roomsInNeed];
  const { unsure } = plan;
  return (
    <Review
      sentence={
        <Trans>
          Undo <Plural value={count} one="# join" other="# joins" /> of the job “<bdi>{jobTitle}</bdi>”.
        </Trans>
      }
      nothing={unsure > 0 ? t`Glia can’t tell whether any of these joins is this job’s.` : t`No join can be undone.`}
      undo={wordsOf(undoWords(removeMembers))}
      touches={[
        ...removeMembers.consequences(input, true, { server: asServer(session), isMyself: false }).map(wordsOf),
        ...(untouched > 0
          ? [
              t`${plural(untouched, { one: '# item that changed nothing is not shown.', other: '# items that changed nothing are not shown.' })}`,
            ]
          : []),
        t`Just before each removal Glia looks again, and skips users who left, or left and came back.`,
      ]}
      warnings={notes.map((note) => ({ title: <bdi>{wordsOf(note)}</bdi> }))}
      madeAt={at}
      left={left}
      table={{
        label: t`Which joins would be undone`,
        columns: COLUMNS,
        verdicts: VERDICTS,
        fileStem: 'join-rooms-undo-plan',
        empty: (
          <EmptyNote title={t`The job changed nothing`}>
            <Trans>It joined nobody, so there is nothing to undo.</Trans>
          </EmptyNote>
        ),
      }}
      act={t`${plural(count, { one: 'Undo # join', other: 'Undo # joins' })}`}
      count={steps}
      counted={t`${plural(steps, { one: '# step', other: '# steps' })}`}
      typed
      onRun={(confirmed) => {
        const undoes = { id: job.id, title };
        const undo = startAction(removeMembers, { items, input, undoes }, session, confirmed);
        onRun();
        showJob(undo.id, onBegun);
      }}
    >
      <TextInput
        label={t`Reason`}
        description={t`Shown with each removal, to the user and to everyone in the room. Optional.`}
        value={reason}
        onChange={(event) => enter({ reason: event.currentTarget.value })}
        maw={480}
      />
      <MakeAdminChoice
        order={2}
        title={t`${plural(roomCount, { one: 'You can’t remove users from # room', other: 'You can’t remove users from # rooms' })}`}
        rooms={plan.roomsInNeed}
        chosen={choices.makeAdmin}
        onChoose={(makeAdmin) => choose({ makeAdmin })}
      />
      {unsure > 0 && (
        <Choice
          id="unsure"
          title={t`${plural(unsure, { one: '# join may not be this job’s', other: '# joins may not be this job’s' })}`}
          label={t`${plural(unsure, { one: 'Remove this one too, whoever joined them', other: 'Remove these # too, whoever joined them' })}`}
          checked={choices.unsure}
          onChange={(isOn) => choose({ unsure: isOn })}
        >
          <Trans>
            They are in the room, but Glia can’t tell whether this job joined them: someone else may have, or they left
            and came back, or changed their name more than once. They stay in the room unless you choose to remove them.
          </Trans>
        </Choice>
      )}
      {left.count > 0 && (
        <LimitChoice planned={planned} removals={left.count} onChange={(liftLimit) => choose({ liftLimit })} />
      )}
    </Review>
  );
}

interface ChoiceProps {
  id: string;
  title: string;
  children: ReactNode;
  label: string;
  description?: string;
  checked: boolean;
  onChange(on: boolean): void;
}

function Choice({ id, title, children, onChange, ...box }: ChoiceProps) {
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Title order={2} size="h5" id={id}>
        {title}
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw={760}>
        {children}
      </Text>
      <Checkbox {...box} onChange={(event) => onChange(event.currentTarget.checked)} />
    </Paper>
  );
}

/** What Synapse lets through unless configured otherwise (`rc_message`, `config/ratelimiting.py:90`). */
const USUAL = { burst_count: 10, messages_per_second: 0.2 };

interface LimitChoiceProps {
  planned: UndoPlanned;
  removals: number;
  onChange(on: boolean): void;
}

function LimitChoice({ planned: { findings, choices }, removals, onChange }: LimitChoiceProps) {
  const { t } = useLingui();
  const { limit } = findings;
  if (isLifted(limit)) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Your own rate limit is already lifted, and this job leaves it so.</Trans>
      </Text>
    );
  }
  if (!canLift(limit)) {
    return (
      <Text size="sm">
        <Trans>
          Each removal counts against your rate limit. Glia could not read the limit, so it does not offer to lift it:
          it would not know what to restore.
        </Trans>
      </Text>
    );
  }
  const { burst_count, messages_per_second } = limit ?? USUAL;
  const waits = (Math.max(0, removals - burst_count) / messages_per_second) * 1000;
  const now = wordsOf(limitWords(limit));
  const [atOnce, aSecond, planTime] = [formatCount(burst_count), formatCount(messages_per_second), duration(waits)];
  return (
    <Choice
      id="own-limit"
      title={t`Each removal counts against your rate limit`}
      label={t`Lift my rate limit first, and restore it at the end`}
      description={t`Set for your account now: ${now}. Glia restores this at the end, also when you stop or delete the job. If you close the page before that, the job waits in Activity and says that the limit is still lifted.`}
      checked={choices.liftLimit}
      onChange={onChange}
    >
      {limit ? (
        <Trans>
          Your limit allows {atOnce} at once, and then {aSecond} per second.
        </Trans>
      ) : (
        <Trans>By default, Synapse allows 10 at once, and then one every 5 seconds.</Trans>
      )}{' '}
      {waits > 0 && <Trans>At that rate, this plan takes about {planTime}.</Trans>}
    </Choice>
  );
}

const VERDICTS = {
  will: /*i18n*/ { id: 'join.undo.verdict.will', message: 'will be undone' },
  nothing: /*i18n*/ { id: 'join.undo.verdict.nothing', message: 'nothing to undo' },
  cannot: /*i18n*/ { id: 'join.undo.verdict.cannot', message: 'can’t be undone' },
} as const;

const COLUMNS: readonly PlanColumn<UndoRow>[] = [
  {
    id: 'user',
    header: /*i18n*/ { id: 'join.user', message: 'User' },
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ userId }) => (userId.startsWith('@') ? <IdLink value={userId} to={paths.user(userId)} /> : userId),
    text: ({ userId }) => userId,
  },
  {
    id: 'room',
    header: /*i18n*/ { id: 'join.room', message: 'Room' },
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ room, roomId }) => (
      <div className={classes.room}>
        <Text size="sm" truncate="end" title={isolatedWords(room)}>
          <Outside text={room} none={shownId(room)} />
        </Text>
        {roomId !== '' && <IdLink value={roomId} to={paths.room(roomId)} />}
      </div>
    ),
    text: ({ room, roomId }) => `${room} (${roomId})`,
  },
];
