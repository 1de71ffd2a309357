import { lookAtMember, removeMember } from '~/api/member-asks';
import type { MemberEvent } from '~/api/membership';
import { defineAction } from '~/actions/action';
import { withValues } from '~/lib/text';
import { partsOf } from './member';
import { RemovalSteps } from './removal-steps';
import { isSameStay, stayOf, type KeptEvent, type Stay } from './stay';

/** In by this event, or by one that is not known; out by themselves, or by whom. */
type State =
  | { readonly joined: true; readonly stay: Stay | KeptEvent | null }
  | { readonly joined: false; readonly by: 'themselves' | { readonly userId: string } | null };

export type RemovalInput = {
  /** Shown in the room to everybody, beside each removal; may be empty. */
  readonly reason: string;
  /** The admin's own rate limit is lifted already, and not by the job: more at once is not told to wait. */
  readonly unlimited: boolean;
};

const IN = /*i18n*/ { id: 'member.in', message: 'in the room' };
const OUT_OF_ROOM = /*i18n*/ { id: 'member.out', message: 'out of the room' };
const LEFT = /*i18n*/ { id: 'member.left', message: 'out of the room: they left' };
const REMOVED = /*i18n*/ { id: 'member.removed', message: 'out of the room: removed by {userId}' } as const;
const SEEN = /*i18n*/ {
  id: 'member.remove.seen',
  message: 'You remove them, as any moderator does. Everyone in the room sees it.',
};
const SEEN_WITH_REASON = /*i18n*/ {
  id: 'member.remove.seen-with-reason',
  message: 'You remove them, as any moderator does. Everyone in the room sees it, with the reason.',
};

const REMOVE = /*i18n*/ { id: 'member.remove.phrase', message: 'Remove {what}' } as const;
const REMOVE_ONE = /*i18n*/ { id: 'member.remove.one', message: 'Remove {userId} from {roomId}' } as const;

export const OUT: State = { joined: false, by: null };

export const removeMembers = defineAction<MemberEvent, State, RemovalInput>({
  kind: 'member.remove',
  entity: 'member',
  icon: 'leave',
  label: /*i18n*/ { id: 'member.remove.label', message: 'Remove from room' },
  // One is named by two IDs, many by their number.
  phraseBy: (what) =>
    typeof what === 'string' ? withValues(REMOVE_ONE, { ...partsOf(what) }) : withValues(REMOVE, { what }),
  keywords: ['kick', 'leave'],
  danger: true,
  form: {
    fields: [
      {
        name: 'reason',
        kind: 'text',
        label: 'Reason',
        help: 'Everyone in the room sees it beside each removal, and so does the user. May be empty.',
      },
    ],
    initial: { reason: '' },
    read: ({ reason }) => ({ input: { reason: String(reason ?? '').trim(), unlimited: false } }),
  },
  look(id, server) {
    const { userId, roomId } = partsOf(id);
    return lookAtMember(roomId, userId, server);
  },
  gone: 'The room has never had this member.',
  watch: {
    read(event) {
      if (event.content.membership === 'join') return { joined: true, stay: stayOf(event) };
      return { joined: false, by: event.sender === event.state_key ? 'themselves' : { userId: event.sender } };
    },
  },
  same(one, now) {
    if (!one.joined || !now.joined) return one.joined === now.joined;
    if (one.stay === null || now.stay === null) return true;
    return isSameStay(one.stay, { replaces: null, ...now.stay });
  },
  goal: () => OUT,
  write(id, _goal, server, input) {
    const { userId, roomId } = partsOf(id);
    return removeMember(roomId, userId, input?.reason ?? '', server);
  },
  // Each try looks first who is in, and by which join: nobody is removed twice.
  repeatable: true,
  lane: (id) => partsOf(id).roomId,
  steps: (ground, items, input) => new RemovalSteps(ground, items, input?.unlimited ?? false),
  undo: {
    never: /*i18n*/ {
      id: 'member.remove.undo',
      message: 'There is no undo: to bring these users back, invite them or join them again.',
    },
  },
  words(state) {
    if (state.joined) return IN;
    if (state.by === null) return OUT_OF_ROOM;
    return state.by === 'themselves' ? LEFT : withValues(REMOVED, { userId: state.by.userId });
  },
  columns({ id, label }) {
    const { userId, roomId } = partsOf(id);
    return { User: userId, Room: label ?? roomId, 'Room id': roomId };
  },
  consequences: ({ reason }) => [
    reason === '' ? SEEN : SEEN_WITH_REASON,
    /*i18n*/ { id: 'member.remove.history', message: 'The join and the removal stay in the history of each room.' },
    /*i18n*/ {
      id: 'member.remove.private',
      message:
        'Whoever is removed from a room that is not public needs an invitation to come back, and may lose sight of what was said there.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'member.remove.script',
      message: 'A script can’t take the power in a room first, nor put your rate limit back if it is stopped.',
    },
  },
});
