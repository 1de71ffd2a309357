import { Checkbox, List, Paper, Text, Title } from '@mantine/core';
import { RoomLink } from '~/entities/job/RoomLink';
import { UserLink } from '~/entities/job/UserLink';
import { duration } from '~/lib/dates';
import { formatCount, plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isolatedWords, shownId } from '~/lib/shown-text';
import { EmptyNote } from '~/ui/EmptyNote';
import { Outside } from '~/ui/Outside';
import { withJob } from '~/ui/wizard/job-param';
import { useLeftIn } from '~/ui/wizard/left-out';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review } from '~/ui/wizard/Review';
import classes from './join-rooms.module.css';
import { MakeAdminChoice } from './MakeAdminChoice';
import { limitWords } from './own-limit';
import { canLift, isLifted, type UndoRow } from './undo-plan';
import { withChoices, type UndoPlanned } from './undo-scan';

interface ChoicesProps {
  planned: UndoPlanned;
  onPlan(planned: UndoPlanned): void;
}

interface UndoReviewProps extends ChoicesProps {
  /** Shown in the rooms; may be empty. */
  reason: string;
  onRun(count: number): void;
}

/** Who is removed from which room, who is not and why, and the last click. */
export function UndoReview({ planned, reason, onPlan, onRun }: UndoReviewProps) {
  const { plan, choices, untouched, undoes, notes, at, findings } = planned;
  const { rows, items, removals, roomsInNeed } = plan;
  const left = useLeftIn(findings, rows);
  const admin = items.filter(({ kind }) => kind === 'make-admin').length;
  const removed = items.flatMap((item) => (item.kind === 'remove' ? [item] : []));
  const users = new Set(removed.map(({ userId }) => userId)).size;
  const rooms = new Set(removed.map(({ roomId }) => roomId)).size;
  const lifted = items[0]?.kind === 'lift-limit' ? items[0] : null;
  const counted = items.length > removals ? plural(items.length, 'step') : plural(items.length, 'removal');
  return (
    <Review
      sentence={`Remove ${plural(users, 'user')} from ${plural(rooms, 'room')} again: ${plural(removals, 'join')} undone.`}
      nothing={plan.unsure > 0 ? 'No join is this job’s for sure.' : 'No join can be undone.'}
      undo="This can’t be undone."
      touches={[
        <>
          Everybody in the room sees each removal, {reason === '' ? 'without a reason' : 'with the reason '}
          {reason !== '' && (
            <>
              “<Outside text={reason} />”
            </>
          )}
          .
        </>,
        'The join and the removal stay in the history of each room. Users who are removed from a room that is not public come back only by invitation, and may lose sight of what was said there.',
        'Just before each removal Glia looks again. Users who left and came back since the plan stay, and are listed in the report.',
        ...(admin > 0 ? [`You become an admin of ${plural(admin, 'room')} first.`] : []),
        ...(lifted
          ? [
              `First your own rate limit is lifted, and at the end it is put back as it was: ${limitWords(lifted.was)}. The steps run one after the other.`,
            ]
          : []),
        ...(untouched > 0 ? [`${plural(untouched, 'item')} of the job changed nothing and are not shown.`] : []),
        'To bring users back, join them with a new plan.',
      ]}
      warnings={
        notes.length === 0
          ? []
          : [
              {
                title: 'Good to know about this plan',
                text: (
                  <List size="sm">
                    {notes.map((note) => (
                      <List.Item key={note}>{note}</List.Item>
                    ))}
                  </List>
                ),
              },
            ]
      }
      madeAt={at}
      left={left}
      canLeaveOut={false}
      table={{
        label: 'Which joins would be undone',
        columns: COLUMNS,
        verdicts: { will: 'will be undone', nothing: 'nothing to undo', cannot: 'can’t be undone' },
        fileStem: 'join-rooms-undo-plan',
        empty: <EmptyNote title="The job changed nothing">None of its rows says that a user was joined.</EmptyNote>,
      }}
      back={{ label: 'Back to choosing', to: withJob(paths.undoJoinRooms('choose'), undoes) }}
      act={`Run ${counted}`}
      count={items.length}
      counted={counted}
      typed
      onRun={onRun}
    >
      <MakeAdminChoice
        title={`${plural(roomsInNeed.length, 'room')}: you can’t remove users there`}
        rooms={roomsInNeed}
        chosen={choices.makeAdmin}
        onChoose={(makeAdmin) => onPlan(withChoices(planned, { ...choices, makeAdmin }))}
      />
      <UnsureChoice planned={planned} onPlan={onPlan} />
      <LimitChoice planned={planned} onPlan={onPlan} />
    </Review>
  );
}

/** Who is in without anything to show that it is this job's doing. */
function UnsureChoice({ planned, onPlan }: ChoicesProps) {
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

function LimitChoice({ planned, onPlan }: ChoicesProps) {
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
          description={`A limit of your own, with 0 a second. There is now: ${limitWords(limit)}; that is put back exactly so at the end, also when the job is stopped or deleted. Where this page goes away in between, the job waits on the page “Jobs” and says that it is still lifted.`}
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
    cell: ({ userId }) => (userId.startsWith('@') ? <UserLink userId={userId} /> : userId),
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
        {roomId !== '' && <RoomLink roomId={roomId} />}
      </div>
    ),
    text: ({ room, roomId }) => `${room} (${roomId})`,
  },
];
