import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { List, Text } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { ownerOf } from '~/job-store/jobs';
import { useSession } from '~/data/session';
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

const WORDS = {
  will: /*i18n*/ { id: 'join.verdict.will', message: 'will join' },
  nothing: /*i18n*/ { id: 'join.verdict.nothing', message: 'already in' },
  cannot: /*i18n*/ { id: 'join.verdict.cannot', message: 'can’t join' },
} as const;

interface ReviewStepProps {
  planned: Planned;
  onPlan(planned: Planned): void;
  /** With exactly what runs. */
  onRun(items: readonly RunItem[], count: number): void;
}

/** Who joins which room, who does not and why, and the last click. */
export function ReviewStep({ planned, onPlan, onRun }: ReviewStepProps) {
  const { t } = useLingui();
  const session = useSession();
  const { rows, notes, madeAt, choices, found } = planned;
  const left = useLeftIn(found, rows);
  const admin = useAdminSteps(left, choices.makeAdmin.size > 0);
  const count = left.count + admin;
  const counted =
    admin > 0
      ? t`${plural(count, { one: '# step', other: '# steps' })}`
      : t`${plural(count, { one: '# join', other: '# joins' })}`;
  const act =
    admin > 0
      ? t`${plural(count, { one: 'Run # step', other: 'Run # steps' })}`
      : t`${plural(count, { one: 'Run # join', other: 'Run # joins' })}`;
  const items = () => runItems(left.runs());
  return (
    <Review
      sentence={useSentence(left)}
      nothing={t`This plan joins nobody.`}
      undo={t`You can undo this.`}
      touches={[
        ...useTouches(left),
        ...(admin > 0
          ? [
              t`You become an admin of ${plural(admin, { one: '# room', other: '# rooms' })} first, which makes ${plural(count, { one: '# step', other: '# steps' })} in all.`,
            ]
          : []),
        t`To undo it, open the job: it offers to remove exactly the users that it joined. The joins stay in the history of each room, and notifications that were sent can’t be taken back.`,
      ]}
      warnings={
        notes.length === 0
          ? []
          : [
              {
                tone: 'plain',
                title: t`Good to know about this plan`,
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
        label: t`Who would join which room`,
        columns: COLUMNS,
        verdicts: WORDS,
        fileStem: 'join-rooms-plan',
        empty: t`No users or rooms were found.`,
      }}
      script={{
        fileStem: 'join-rooms',
        disabled: null,
        demo: session.demo,
        write: async (language) => (await import('./script')).joinScript(items(), ownerOf(session), language),
      }}
      back={{ label: t`Back to choosing`, to: paths.joinRooms('choose') }}
      act={act}
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
  const { t } = useLingui();
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
    const [userCount, roomCount] = [users.size, rooms.size];
    return [
      t`${plural(userCount, { one: '# user is', other: '# users are' })} added to ${plural(roomCount, { one: '# room', other: '# rooms' })} without being asked. Everyone there sees them join.`,
      ...(invited > 0
        ? [
            t`${plural(invited, { one: '# join is to a room that is not public: an invitation from you appears there first.', other: '# joins are to rooms that are not public: an invitation from you appears there first.' })}`,
          ]
        : []),
    ];
  }, [settled, t]);
}

/** Rooms that only let in who is invited, where the admin can't invite. */
function MakeAdmin({ planned, onPlan }: Pick<ReviewStepProps, 'planned' | 'onPlan'>) {
  const { t } = useLingui();
  const rooms = roomsInNeed(planned);
  const count = rooms.length;
  return (
    <MakeAdminChoice
      title={t`${plural(count, { one: '# room needs an invitation to join, and you can’t invite users to it', other: '# rooms need an invitation to join, and you can’t invite users to them' })}`}
      rooms={rooms.map((room) => ({ roomId: room.roomId, room: roomLabel(room), adminIn: room.adminIn }))}
      chosen={planned.choices.makeAdmin}
      onChoose={(makeAdmin) => onPlan(withChoices(planned, { ...planned.choices, makeAdmin }))}
    />
  );
}

const COLUMNS: readonly PlanColumn<PairRow>[] = [
  {
    id: 'user',
    header: /*i18n*/ { id: 'join.user', message: 'User' },
    width: 'minmax(12rem, 1.5fr)',
    cell: ({ userId }) => <UserLink userId={userId} />,
    text: ({ userId }) => userId,
  },
  {
    id: 'room',
    header: /*i18n*/ { id: 'join.room', message: 'Room' },
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
