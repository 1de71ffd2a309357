import { lookAtMember, removeMember } from '~/api/member-asks';
import type { MemberEvent } from '~/api/membership';
import { defineAction } from '~/actions/action';
import { withValues } from '~/lib/text';
import { partsOf } from './member';
import { whyPowerless } from './own-power';
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
const YOU_LEAVE = /*i18n*/ {
  id: 'member.remove.yourself',
  message: 'This is you: you leave the room, after everyone else who is removed from it.',
};
const SEEN = /*i18n*/ {
  id: 'member.remove.seen',
  message: 'You remove the users yourself, as any moderator can. Everyone in the room sees it.',
};
const SEEN_WITH_REASON = /*i18n*/ {
  id: 'member.remove.seen-with-reason',
  message: 'You remove the users yourself, as any moderator can. Everyone in the room sees it, and the reason.',
};

export const OUT: State = { joined: false, by: null };

export const removeMembers = defineAction<MemberEvent, State, RemovalInput>({
  kind: 'member.remove',
  entity: 'member',
  icon: 'leave',
  label: /*i18n*/ { id: 'member.remove.label', message: 'Remove from room' },
  phrase: {
    one: /*i18n*/ { id: 'member.remove.one', message: 'Remove {userId} from {roomId}' },
    many: /*i18n*/ {
      id: 'member.remove.many',
      message: 'Remove {count, plural, =0 {members} one {# member} other {# members}} from rooms',
    },
  },
  phraseValues: (_input, id) => (id === null ? {} : partsOf(id)),
  keywords: ['kick', 'leave'],
  danger: true,
  form: {
    fields: [
      {
        name: 'reason',
        kind: 'text',
        label: /*i18n*/ { id: 'member.remove.reason', message: 'Reason' },
        help: /*i18n*/ {
          id: 'member.remove.reason-help',
          message: 'Shown to everyone in the room, and to the user. Optional.',
        },
      },
    ],
    initial: { reason: '' },
    read: ({ reason }) => ({ input: { reason: String(reason ?? '').trim(), unlimited: false } }),
  },
  look(id, server) {
    const { userId, roomId } = partsOf(id);
    return lookAtMember(roomId, userId, server);
  },
  gone: /*i18n*/ { id: 'member.remove.never-in', message: 'This user was never in the room.' },
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
  async prepare({ id, goal }, { look, server }) {
    if (partsOf(id).userId === server.me) return { goal, remark: YOU_LEAVE };
    const cannot = await whyPowerless(id, 'kick', { look, server });
    return cannot === null ? { goal } : { cannot };
  },
  write(id, _goal, { server, input }) {
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
      message: 'This can’t be undone. To bring users back, invite them or join them again.',
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
    /*i18n*/ { id: 'member.remove.history', message: 'The joins and removals stay in the history of each room.' },
    /*i18n*/ {
      id: 'member.remove.private',
      message:
        'Users who are removed from a room that is not public need an invitation to come back, and may no longer see older messages.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'member.remove.script',
      message:
        'Not available as a script: it could not make you an admin of a room first, or restore your rate limit if it is interrupted.',
    },
  },
});
