import { HomeserverError } from '~/api/errors';
import { lookAtEvent, lookAtLevels, redactEvent, type SeenEvent } from '~/api/event-asks';
import { lookAtState } from '~/api/room-asks';
import { defineAction, type LookAt, type Server } from '~/actions/action';
import { roomPower } from '~/actions/member/room-power';
import { present } from '~/lib/places';
import { withValues, type Text } from '~/lib/text';
import { eventOf } from './event';

type State = { redacted: boolean };
type Input = { reason: string };

const REDACTED = /*i18n*/ { id: 'event.redacted', message: 'redacted' };
const READABLE = /*i18n*/ { id: 'event.readable', message: 'not redacted' };
const NOT_IN = /*i18n*/ {
  id: 'event.redact.not-in',
  message:
    'You are not in the room. Make yourself an admin of the room (“Make room admin”), then join it (“Join the room yourself”).',
};
const TOO_LITTLE = /*i18n*/ {
  id: 'event.redact.too-little',
  message:
    'Redacting what others sent takes power level {needed} in the room, and yours is {power}. Make yourself an admin of the room first (“Make room admin”).',
} as const;
const YOURS = /*i18n*/ {
  id: 'event.redact.yours-alone',
  message: 'You redact it yourself, as any moderator can. Everyone in the room sees that.',
};
const YOURS_WITH_REASON = /*i18n*/ {
  id: 'event.redact.yours',
  message: 'You redact it yourself, as any moderator can. Everyone in the room sees that, and the reason.',
};
const STATE_EVENT = /*i18n*/ {
  id: 'event.redact.state',
  message: 'A state event of the type {type}: what it says about the room or its member is lost, too.',
} as const;

const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** Why the admin can't redact what someone else sent, or null. One request; a second one where the first says too little. */
export async function lackingPower(roomId: string, look: LookAt, server: Server): Promise<Text | null> {
  const me = server.me ?? '';
  try {
    const { users, users_default: everyone, redact } = await look(lookAtLevels(roomId, server));
    const [power, needed] = [number(users?.[me], number(everyone, 0)), number(redact, 50)];
    if (power >= needed) return null;
    // Creators of rooms of version 12 and later stand in no list.
    const create = await look(lookAtState(roomId, 'm.room.create'));
    return roomPower(create, null).of(me) >= needed ? null : withValues(TOO_LITTLE, { needed, power });
  } catch (error) {
    if (!(error instanceof HomeserverError) || error.kind !== 'matrix') throw error;
    if (error.notFound) return null;
    return error.status === 403 ? NOT_IN : Promise.reject(error);
  }
}

export const redactEvents = defineAction<SeenEvent, State, Input>({
  kind: 'event.redact',
  entity: 'event',
  icon: 'redact-one',
  danger: true,
  label: /*i18n*/ { id: 'event.redact.label', message: 'Redact' },
  phrase: {
    one: /*i18n*/ { id: 'event.redact.one', message: 'Redact {eventId} in {roomId}' },
    many: /*i18n*/ {
      id: 'event.redact.many',
      message: 'Redact {count, plural, =0 {events} one {# event} other {# events}}',
    },
  },
  phraseValues: (_input, id) => (id === null ? {} : eventOf(id)),
  keywords: ['remove message', 'delete message', 'moderate'],
  form: {
    fields: [
      {
        name: 'reason',
        kind: 'text',
        label: /*i18n*/ { id: 'event.redact.reason', message: 'Reason' },
        help: /*i18n*/ { id: 'event.redact.reason-help', message: 'Shown to everyone in the room. Optional.' },
      },
    ],
    initial: { reason: '' },
    read: ({ reason }) => ({ input: { reason: String(reason ?? '').trim() } }),
  },
  look(id) {
    const { eventId, roomId } = eventOf(id);
    return lookAtEvent(roomId, eventId);
  },
  gone: /*i18n*/ { id: 'event.redact.gone', message: 'This homeserver does not have the event.' },
  watch: { redacted: present('event', 'unsigned', 'redacted_because') },
  goal: () => ({ redacted: true }),
  remark: ({ event: { state_key, type } }) => (state_key === undefined ? '' : withValues(STATE_EVENT, { type })),
  async prepare({ id, goal }, { seen, look, server }) {
    // Everyone may redact what they sent themselves.
    const cannot = seen.event.sender === server.me ? null : await lackingPower(eventOf(id).roomId, look, server);
    return cannot === null ? { goal } : { cannot };
  },
  write(id, _goal, { server, input }) {
    const { eventId, roomId } = eventOf(id);
    return redactEvent(roomId, eventId, input?.reason ?? '', server);
  },
  repeatable: true,
  lane: (id) => eventOf(id).roomId,
  undo: {
    never: /*i18n*/ {
      id: 'event.redact.undo',
      message: 'This can’t be undone: what a redacted event said is taken away everywhere.',
    },
  },
  words: ({ redacted }) => (redacted ? REDACTED : READABLE),
  columns({ id }) {
    const { eventId, roomId } = eventOf(id);
    return { Event: eventId, 'Room id': roomId };
  },
  consequences: ({ reason }) => [
    reason === '' ? YOURS : YOURS_WITH_REASON,
    /*i18n*/ {
      id: 'event.redact.asked',
      message: 'Synapse asks the other homeservers in the room to redact their copies, and can’t force them.',
    },
    /*i18n*/ {
      id: 'event.redact.files',
      message: 'A file in the message stays stored: quarantine or delete it on the Media tab.',
    },
  ],
});
