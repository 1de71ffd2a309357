import { Checkbox, Paper, Skeleton, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
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
import { formatCount, plural } from '~/lib/numbers';
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

const FIRST_REASON = { reason: 'Joined by mistake' };

/** Takes users out of the rooms again into which a job joined them. */
export function UndoJoins({ job }: { job: Job }) {
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
      reads={() => 'Who is in each room of the job now, what power you have there, and your own rate limit.'}
      mayGoWithout={() => true}
      onDrop={giveUp}
      cancelTo={paths.job(job.id)}
      problemTitle="The undo could not be planned"
      onRetry={drop}
      otherwise={<Skeleton h={160} aria-busy aria-label="Reading the job" />}
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
  const session = useSession();
  const showJob = useShowJob();
  const [entered, enter] = useDraft('join-rooms/undo-reason', FIRST_REASON);
  const { plan, findings, choices, untouched, notes, at } = planned;
  const left = useLeftIn(findings, plan.rows);
  const items = undoItems(left.runs(), findings, choices);
  const input = { reason: entered.reason.trim(), unlimited: isLifted(findings.limit) };
  const choose = (patch: Partial<UndoChoices>) => onPlan(withChoices(planned, { ...choices, ...patch }));
  const { title } = job.getSnapshot();
  const words = `Undo ${plural(left.count, 'join')}`;
  return (
    <Review
      sentence={
        <>
          {words} of “<bdi>{wordsOf(title)}</bdi>”.
        </>
      }
      nothing={plan.unsure > 0 ? 'No join is this job’s for sure.' : 'No join can be undone.'}
      undo={wordsOf(undoWords(removeMembers))}
      touches={[
        ...removeMembers.consequences(input, true, { server: asServer(session), isMyself: false }).map(wordsOf),
        ...(untouched > 0 ? [`${plural(untouched, 'row')} of the job changed nothing and is left out here.`] : []),
        'Just before each removal Glia looks again. Whoever left, or left and came back, is left alone.',
      ]}
      warnings={notes.map((note) => ({ title: <bdi>{wordsOf(note)}</bdi> }))}
      madeAt={at}
      left={left}
      table={{
        label: 'Which joins would be undone',
        columns: COLUMNS,
        verdicts: { will: 'will be undone', nothing: 'nothing to undo', cannot: 'can’t be undone' },
        fileStem: 'join-rooms-undo-plan',
        empty: <EmptyNote title="The job changed nothing">None of its rows says that a user was joined.</EmptyNote>,
      }}
      act={words}
      count={items.length}
      counted={plural(items.length, 'step')}
      typed
      onRun={(count) => {
        const undoes = { id: job.id, title };
        const undo = startAction(removeMembers, { items, input, undoes }, session, count);
        onRun();
        showJob(undo.id, onBegun);
      }}
    >
      <TextInput
        label="Reason"
        description="Everyone in the room sees it beside each removal, and so does the user. May be empty."
        value={entered.reason}
        onChange={(event) => enter({ reason: event.currentTarget.value })}
        maw={480}
      />
      <MakeAdminChoice
        order={2}
        title={`${plural(plan.roomsInNeed.length, 'room')}: you can’t remove users there`}
        rooms={plan.roomsInNeed}
        chosen={choices.makeAdmin}
        onChoose={(makeAdmin) => choose({ makeAdmin })}
      />
      {plan.unsure > 0 && (
        <Choice
          id="unsure"
          title={`${plural(plan.unsure, 'join')} may not be this job’s`}
          label={`Remove ${plan.unsure === 1 ? 'this one' : `these ${formatCount(plan.unsure)}`} too, whoever joined them`}
          checked={choices.unsure}
          onChange={(unsure) => choose({ unsure })}
        >
          They are in the room, but the homeserver has no join to show for a request of this job that it answered:
          someone else may have joined them, they may have left and come back, or changed their name more than once.
          Unless you choose otherwise they stay.
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
  children: string;
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
  const { limit } = findings;
  if (isLifted(limit)) {
    return (
      <Text size="sm" c="dimmed">
        Your own rate limit is lifted already; this run leaves it so.
      </Text>
    );
  }
  if (!canLift(limit)) {
    return (
      <Text size="sm">
        Each removal counts against your rate limit. It could not be read, so it can’t be lifted: nobody would know what
        to put back.
      </Text>
    );
  }
  const { burst_count, messages_per_second } = limit ?? USUAL;
  const waits = (Math.max(0, removals - burst_count) / messages_per_second) * 1000;
  const lets = limit
    ? `Yours lets ${formatCount(burst_count)} through at once and then ${formatCount(messages_per_second)} a second`
    : 'Unless configured otherwise, Synapse lets 10 through at once and then one in 5 seconds';
  return (
    <Choice
      id="own-limit"
      title="Each removal counts against your rate limit"
      label="Lift my rate limit first, and put it back at the end"
      description={`It becomes a limit of your own, with 0 a second. There is now: ${limitWords(limit)}. That is put back exactly at the end, also when you stop or delete the job. If this page goes away in between, the job waits in Activity and says that the limit is still lifted.`}
      checked={choices.liftLimit}
      onChange={onChange}
    >
      {`${lets}${waits > 0 ? `: about ${duration(waits)} for this plan` : ''}. The run waits as long as it is asked to.`}
    </Choice>
  );
}

const COLUMNS: readonly PlanColumn<UndoRow>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ userId }) => (userId.startsWith('@') ? <IdLink value={userId} to={paths.user(userId)} /> : userId),
    text: ({ userId }) => userId,
  },
  {
    id: 'room',
    header: 'Room',
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
