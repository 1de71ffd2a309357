import { banMember, lookAtMember, unbanMember } from '~/api/member-asks';
import type { MemberEvent } from '~/api/membership';
import { defineAction, type Action } from '~/actions/action';
import { partsOf } from './member';
import { whyPowerless } from './own-power';

type State = { banned: boolean };
type Input = { reason: string };

const BANNED = /*i18n*/ { id: 'member.banned', message: 'banned' };
const NOT_BANNED = /*i18n*/ { id: 'member.not-banned', message: 'not banned' };

const YOURSELF = /*i18n*/ {
  id: 'member.ban.yourself',
  message: 'This is you: you can’t ban yourself.',
};

const both = {
  entity: 'member',
  phraseValues: (_input, id) => (id === null ? {} : partsOf(id)),
  look(id, server) {
    const { userId, roomId } = partsOf(id);
    return lookAtMember(roomId, userId, server);
  },
  gone: /*i18n*/ { id: 'member.remove.never-in', message: 'This user was never in the room.' },
  watch: { read: ({ content }) => ({ banned: content.membership === 'ban' }) },
  // Each try looks first: nobody is banned twice.
  repeatable: true,
  async prepare({ id, goal }, { look, server }) {
    if (partsOf(id).userId === server.me) return { cannot: YOURSELF };
    const cannot = await whyPowerless(id, 'ban', { look, server });
    return cannot === null ? { goal } : { cannot };
  },
  lane: (id) => partsOf(id).roomId,
  words: ({ banned }) => (banned ? BANNED : NOT_BANNED),
  columns({ id, label }) {
    const { userId, roomId } = partsOf(id);
    return { User: userId, Room: label ?? roomId, 'Room id': roomId };
  },
  script: {
    never: /*i18n*/ {
      id: 'member.ban.script',
      message: 'Not available as a script: a script can’t tell in which rooms you have the power to do it.',
    },
  },
} satisfies Partial<Action<MemberEvent, State, Input>>;

const write: Action<MemberEvent, State, Input>['write'] = (id, { banned }, { server, input }) => {
  const { userId, roomId } = partsOf(id);
  return banned ? banMember(roomId, userId, input?.reason ?? '', server) : unbanMember(roomId, userId, server);
};

export const banMembers = defineAction<MemberEvent, State, Input>({
  ...both,
  write,
  kind: 'member.ban',
  icon: 'member-ban',
  label: /*i18n*/ { id: 'member.ban.label', message: 'Ban from room' },
  phrase: {
    one: /*i18n*/ { id: 'member.ban.one', message: 'Ban {userId} from {roomId}' },
    many: /*i18n*/ {
      id: 'member.ban.many',
      message: 'Ban {count, plural, =0 {members} one {# member} other {# members}} from rooms',
    },
  },
  danger: true,
  form: {
    fields: [
      {
        name: 'reason',
        kind: 'text',
        label: /*i18n*/ { id: 'member.ban.reason', message: 'Reason' },
        help: /*i18n*/ {
          id: 'member.ban.reason-help',
          message: 'Shown to everyone in the room, and to the user. Optional.',
        },
      },
    ],
    initial: { reason: '' },
    read: ({ reason }) => ({ input: { reason: String(reason ?? '').trim() } }),
  },
  goal: () => ({ banned: true }),
  undo: {
    partly: /*i18n*/ {
      id: 'member.ban.undo',
      message: 'You can lift the ban again. That does not bring the user back into the room.',
    },
  },
  consequences: () => [
    /*i18n*/ {
      id: 'member.ban.yours',
      message: 'You ban the user yourself, as any moderator can. Everyone in the room sees it.',
    },
    /*i18n*/ {
      id: 'member.ban.out',
      message: 'The user is out of the room, and can’t join it or be invited to it until the ban is lifted.',
    },
    /*i18n*/ { id: 'member.ban.messages', message: 'What the user wrote stays: redact it separately.' },
  ],
});

export const unbanMembers = defineAction<MemberEvent, State, Input>({
  ...both,
  write,
  kind: 'member.unban',
  icon: 'member-unban',
  label: /*i18n*/ { id: 'member.unban.label', message: 'Lift ban' },
  phrase: {
    one: /*i18n*/ { id: 'member.unban.one', message: 'Lift the ban of {userId} from {roomId}' },
    many: /*i18n*/ {
      id: 'member.unban.many',
      message: 'Lift the bans of {count, plural, =0 {members} one {# member} other {# members}} from rooms',
    },
  },
  keywords: ['unban', 'pardon'],
  goal: () => ({ banned: false }),
  undo: 'restore',
  consequences: () => [
    /*i18n*/ {
      id: 'member.unban.again',
      message: 'The user can join the room again, or be invited to it, as the join rule of the room allows.',
    },
  ],
});
