import { Checkbox, List, Paper, Stack, Text, Title } from '@mantine/core';
import { duration } from '~/lib/dates';
import { formatCount, plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { Notice } from '~/ui/Notice';
import { withJob } from '~/ui/wizard/job-param';
import { PlanTable, type PlanColumn } from '~/ui/wizard/PlanTable';
import { StepActions } from '~/ui/wizard/StepActions';
import classes from './join-rooms.module.css';
import { MakeAdminChoice } from './MakeAdminChoice';
import { limitWords } from './own-limit';
import { canLift, isLifted, type UndoRow } from './undo-plan';
import { withChoices, type UndoPlanned } from './undo-scan';
import { Outside } from '~/ui/Outside';
import { isolatedWords, shownId } from '~/lib/shown-text';

interface UndoPlanStepProps {
  planned: UndoPlanned;
  onPlan(planned: UndoPlanned): void;
}

/** The plan: who is removed from which room, who is not and why. */
export function UndoPlanStep({ planned, onPlan }: UndoPlanStepProps) {
  const { plan, choices, untouched, undoes, notes, at } = planned;
  const { rows, items, removals, roomsInNeed } = plan;
  return (
    <Stack gap="md">
      <Text size="sm">
        {removals > 0
          ? `${plural(removals, 'join')} of the job would be undone.`
          : plan.unsure > 0
            ? 'No join is this job’s for sure.'
            : 'No join can be undone.'}{' '}
        {untouched > 0 && `${plural(untouched, 'row')} of the job changed nothing and is left out here.`}
      </Text>
      <Text size="sm" c="dimmed">
        Made from the report of the job, and from what the homeserver said <Moment ms={at} />. Nothing was changed by
        looking. Each user is looked at again just before the removal; who left and came back by then is left alone.
      </Text>
      {notes.length > 0 && (
        <Notice tone="warning" title="Good to know about this plan">
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Notice>
      )}
      <MakeAdminChoice
        title={`${plural(roomsInNeed.length, 'room')}: you can’t remove users there`}
        rooms={roomsInNeed}
        chosen={choices.makeAdmin}
        onChoose={(makeAdmin) => onPlan(withChoices(planned, { ...choices, makeAdmin }))}
      />
      <UnsureChoice planned={planned} onPlan={onPlan} />
      <LimitChoice planned={planned} onPlan={onPlan} />
      <PlanTable
        label="Which joins would be undone"
        rows={rows}
        columns={COLUMNS}
        verdicts={{ will: 'will be undone', nothing: 'nothing to undo', cannot: 'can’t be undone' }}
        fileStem="join-rooms-undo-plan"
        empty={<EmptyNote title="The job changed nothing">None of its rows says that a user was joined.</EmptyNote>}
      />
      <StepActions
        back={{ label: 'Back to choosing', to: withJob(paths.undoJoinRooms('choose'), undoes) }}
        next={{
          label: 'Look once more',
          to: withJob(paths.undoJoinRooms('confirm'), undoes),
          disabled: items.length === 0 ? 'The plan has nothing to do.' : null,
        }}
      />
    </Stack>
  );
}

/** Who is in without anything to show that it is this job's doing. */
function UnsureChoice({ planned, onPlan }: UndoPlanStepProps) {
  const { plan, choices } = planned;
  if (plan.unsure === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="unsure">
      <Title order={3} size="h5" id="unsure">
        {plural(plan.unsure, 'join')} may not be this job’s
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw={760}>
        They are in the room, but the homeserver has no join to show for a request of this job that it answered: someone
        else may have joined them, they may have left and come back, or changed their name more than once. Unless you
        choose otherwise they stay.
      </Text>
      <Checkbox
        label={`Remove ${plan.unsure === 1 ? 'this one' : `these ${formatCount(plan.unsure)}`} too, whoever joined them`}
        checked={choices.unsure}
        onChange={(event) => onPlan(withChoices(planned, { ...choices, unsure: event.currentTarget.checked }))}
      />
    </Paper>
  );
}

/** What Synapse lets through unless configured otherwise (`rc_message`, `config/ratelimiting.py:90`). */
const USUAL = { burst_count: 10, messages_per_second: 0.2 };

function LimitChoice({ planned, onPlan }: UndoPlanStepProps) {
  const { findings, choices, plan } = planned;
  const { limit } = findings;
  if (plan.removals === 0) return null;
  if (isLifted(limit)) {
    return (
      <Text size="sm" c="dimmed">
        Your own rate limit is lifted already; this run leaves it so.
      </Text>
    );
  }
  const { burst_count, messages_per_second } = limit ?? USUAL;
  const waits = (Math.max(0, plan.removals - burst_count) / messages_per_second) * 1000;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="own-limit">
      <Title order={3} size="h5" id="own-limit">
        Each removal counts against your rate limit
      </Title>
      <Text size="sm" c="dimmed" mt={4} mb="sm" maw={760}>
        {limit
          ? `Yours lets ${formatCount(burst_count)} through at once and then ${formatCount(messages_per_second)} a second`
          : 'Unless configured otherwise, Synapse lets 10 through at once and then one in 5 seconds'}
        {waits > 0 ? `: about ${duration(waits)} for this plan` : ''}. The run waits as long as it is asked to.
      </Text>
      {canLift(limit) ? (
        <Checkbox
          label="Lift my rate limit first, and put it back at the end"
          description={`A limit of your own, with 0 a second. There is now: ${limitWords(limit)}; that is put back exactly so at the end, also when the job is stopped or deleted. Where this page goes away in between, the job waits in Activity and says that it is still lifted.`}
          checked={choices.liftLimit}
          onChange={(event) => onPlan(withChoices(planned, { ...choices, liftLimit: event.currentTarget.checked }))}
        />
      ) : (
        <Text size="sm">It could not be read, so it can’t be lifted: nobody would know what to put back.</Text>
      )}
    </Paper>
  );
}

const COLUMNS: readonly PlanColumn<UndoRow>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ userId }) => (userId.startsWith('@') ? <Id value={userId} /> : userId),
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
        {roomId !== '' && <Id value={roomId} />}
      </div>
    ),
    text: ({ room, roomId }) => `${room} (${roomId})`,
  },
];
