import { List, Text } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { ownerOf } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isolatedWords, shownId } from '~/lib/shown-text';
import { textKey, withValues } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { Id } from '~/ui/Id';
import { Outside } from '~/ui/Outside';
import { useLeftIn, type LeftIn } from '~/ui/wizard/left-out';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review } from '~/ui/wizard/Review';
import classes from './join-rooms.module.css';
import { MakeAdminChoice } from './MakeAdminChoice';
import {
  isLost,
  isOpen,
  joinTitle,
  needsAdmin,
  replacedRooms,
  roomLabel,
  runItems,
  type PairRow,
  type RunItem,
} from './plan';
import { roomsInNeed, withChoices, type Planned } from './planning';
import { ReplacedChoice } from './ReplacedChoice';

/** From so many on, the number has to be typed. */
const MANY = 100;

const WORDS = { will: 'will join', nothing: 'already in', cannot: 'can’t join' } as const;

interface ReviewStepProps {
  planned: Planned;
  onPlan(planned: Planned): void;
  /** With exactly what runs. */
  onRun(items: readonly RunItem[], count: number): void;
}

/** Who joins which room, who does not and why, and the last click. */
export function ReviewStep({ planned, onPlan, onRun }: ReviewStepProps) {
  const session = useSession();
  const { rows, notes, madeAt, choices, found } = planned;
  const left = useLeftIn(found, rows);
  const admin = useAdminSteps(left, choices.makeAdmin.size > 0);
  const count = left.count + admin;
  const counted = admin > 0 ? plural(count, 'step') : plural(count, 'join');
  const items = () => runItems(left.runs());
  return (
    <Review
      sentence={useSentence(left)}
      nothing="Nobody would join: the plan has nothing to do."
      undo="You can undo this."
      touches={[
        ...useTouches(left),
        ...(admin > 0
          ? [`You become an admin of ${plural(admin, 'room')} first, which makes ${plural(count, 'step')} in all.`]
          : []),
        'To undo it, the job offers to remove exactly the users that it joined. The joins stay in the history of each room, and people who were notified stay notified.',
      ]}
      warnings={
        notes.length === 0
          ? []
          : [
              {
                tone: 'plain',
                title: 'Good to know about this plan',
                text: (
                  <List size="sm">
                    {notes.map((note) => (
                      <List.Item key={textKey(note)}>{wordsOf(note)}</List.Item>
                    ))}
                  </List>
                ),
              },
            ]
      }
      madeAt={madeAt}
      left={left}
      table={{
        label: 'Who would join which room',
        columns: COLUMNS,
        verdicts: WORDS,
        fileStem: 'join-rooms-plan',
        empty: 'No user and no room were found.',
      }}
      script={{
        fileStem: 'join-rooms',
        disabled: null,
        demo: session.demo,
        write: async (language) => (await import('./script')).joinScript(items(), ownerOf(session), language),
      }}
      back={{ label: 'Back to choosing', to: paths.joinRooms('choose') }}
      act={`Run ${counted}`}
      count={count}
      counted={counted}
      typed={count > MANY}
      onRun={(confirmed) => onRun(items(), confirmed)}
    >
      <ReplacedChoice
        rooms={replacedRooms(found)}
        chosen={choices.replaced}
        onChoose={(replaced) => onPlan(withChoices(planned, { ...choices, replaced }))}
      />
      <MakeAdmin planned={planned} onPlan={onPlan} />
    </Review>
  );
}

/** Rooms that somebody who is left in joins only after the admin is made an admin there: a step each. */
function useAdminSteps(left: LeftIn<PairRow>, isChosen: boolean): number {
  return useMemo(() => {
    if (!isChosen) return 0;
    const rooms = new Set<string>();
    for (const { room } of left.runs()) if (!isLost(room) && needsAdmin(room)) rooms.add(room.roomId);
    return rooms.size;
  }, [left, isChosen]);
}

/** They follow a click; the click itself does not wait for them. */
function useSentence(left: LeftIn<PairRow>): string {
  const settled = useDeferredValue(left);
  return useMemo(() => {
    const runs = settled.runs();
    return wordsOf(
      runs.length === 0 ? ALL_LEFT_OUT : withValues(SENTENCE, { title: joinTitle(runs), count: runs.length }),
    );
  }, [settled]);
}

const SENTENCE = /*i18n*/ {
  id: 'join.sentence',
  message: '{title}: {count, plural, one {# join} other {# joins}}.',
} as const;
const ALL_LEFT_OUT = /*i18n*/ { id: 'join.all-left-out', message: 'Nobody joins: every row is left out.' };

/** The numbers follow a click; the click itself does not wait for them. */
function useTouches(left: LeftIn<PairRow>): string[] {
  const settled = useDeferredValue(left);
  return useMemo(() => {
    const users = new Set<string>();
    const rooms = new Set<string>();
    let invited = 0;
    for (const { userId, room } of settled.runs()) {
      if (isLost(room)) continue;
      users.add(userId);
      rooms.add(room.roomId);
      if (room.known && !isOpen(room)) invited += 1;
    }
    return [
      `${plural(users.size, 'user')} will be in ${plural(rooms.size, 'more room')}, without being asked. Everybody there sees them arrive.`,
      ...(invited > 0
        ? [
            `${plural(invited, 'join is', 'joins are')} in rooms that are not public: an invitation by you shows there first.`,
          ]
        : []),
    ];
  }, [settled]);
}

/** Rooms that only let in who is invited, where the admin can't invite. */
function MakeAdmin({ planned, onPlan }: Pick<ReviewStepProps, 'planned' | 'onPlan'>) {
  const rooms = roomsInNeed(planned);
  return (
    <MakeAdminChoice
      title={`${plural(rooms.length, 'room lets', 'rooms let')} in only users who are invited, and you can’t invite there`}
      rooms={rooms.map((room) => ({ roomId: room.roomId, room: roomLabel(room), adminIn: room.adminIn }))}
      chosen={planned.choices.makeAdmin}
      onChoose={(makeAdmin) => onPlan(withChoices(planned, { ...planned.choices, makeAdmin }))}
    />
  );
}

const COLUMNS: readonly PlanColumn<PairRow>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ userId }) => <UserLink userId={userId} />,
    text: ({ userId }) => userId,
  },
  {
    id: 'room',
    header: 'Room',
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ room }) => <RoomCell room={room} />,
    text: ({ room }) => (isLost(room) ? room.ref : `${roomLabel(room)} (${room.roomId})`),
  },
];

function RoomCell({ room }: { room: PairRow['room'] }) {
  if (isLost(room)) return <Id value={room.ref} />;
  return (
    <div className={classes.room}>
      <Text size="sm" truncate="end" title={isolatedWords(roomLabel(room))}>
        <Outside text={roomLabel(room)} none={shownId(roomLabel(room))} />
      </Text>
      <RoomLink roomId={room.roomId} />
    </div>
  );
}
