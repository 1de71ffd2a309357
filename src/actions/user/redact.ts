import { lookAtMemberships, lookAtRedaction, lookAtRedactions, lookAtRoomVersion, redactUser } from '~/api/redact-asks';
import { has, lacks } from '~/api/since';
import { lookAtJoinedRooms } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type LookAt, type Server, type TaskState } from '~/actions/action';
import { day, endOfDay, startOfDay } from '~/lib/dates';
import type { Json } from '~/jobs/job';
import { flag } from '~/lib/places';
import { commaList, withValues, type Text } from '~/lib/text';
import { ofAccount } from './account';

/** No answer shows what was redacted: the state is which rooms it is to be redacted in. */
type State = { suspended: boolean; rooms?: readonly string[] } & Span;
/** Epoch ms, both included: only what was sent then. Missing: there is no such end. */
type Span = { after?: number; before?: number };
type Input = {
  /** Empty: those that the user is in, or is banned from. */
  rooms: readonly string[];
  after: number | null;
  before: number | null;
  limit: number;
  reason: string;
  use_admin: boolean;
};

/** Synapse takes 1,000 of each room where nothing is said. */
export const ALL_OF_THEM = 100_000;

const WRONG_ROOMS = /*i18n*/ {
  id: 'user.redact.wrong-rooms',
  message: 'Enter room IDs, one per line. A room ID starts with “!”.',
};
const WRONG_LIMIT = /*i18n*/ { id: 'user.redact.wrong-limit', message: 'Enter a whole number, 1 or more.' };
const WRONG_DATES = /*i18n*/ {
  id: 'user.redact.wrong-dates',
  message: 'The last day is before the first one.',
};
const NO_ROOMS = /*i18n*/ {
  id: 'user.redact.no-rooms',
  message: 'The user is in no room. To redact messages in rooms that the user has left, enter the rooms.',
};
const SUSPENDED = /*i18n*/ {
  id: 'user.redact.suspended',
  message:
    'The user is suspended, and {roomId} has room version {version}: Synapse can’t redact for suspended users there. Lock the user instead of suspending, or choose “Redact as yourself”.',
} as const;
const SUSPENDED_MANY = /*i18n*/ {
  id: 'user.redact.suspended-many',
  message:
    'The user is suspended and in {count, number} rooms, too many to check the room version of each. Lock the user instead of suspending, or choose “Redact as yourself”.',
} as const;
const AS_THEY_ARE = /*i18n*/ { id: 'user.redact.now', message: 'messages as they are' };
const REDACTED = /*i18n*/ {
  id: 'user.redact.then',
  message: 'messages redacted in {count, plural, one {# room} other {# rooms}}',
} as const;
const REDACTED_IN = /*i18n*/ { id: 'user.redact.then-in', message: 'messages redacted in {rooms}' } as const;
const BETWEEN = /*i18n*/ { id: 'user.redact.between', message: 'sent from {from} to {last}' } as const;
const SINCE = /*i18n*/ { id: 'user.redact.since', message: 'sent on {from} or later' } as const;
const UNTIL = /*i18n*/ { id: 'user.redact.until', message: 'sent on {last} or earlier' } as const;
const ONLY = /*i18n*/ { id: 'user.redact.only', message: 'Only messages {span}.' } as const;
const ONLY_THOSE = /*i18n*/ { id: 'user.redact.only-those', message: '{redacted}: only those {span}' } as const;
const ALL_REDACTED = /*i18n*/ {
  id: 'user.redact.all',
  message: 'The homeserver reports no failed redactions.',
};
const SOME_FAILED = /*i18n*/ {
  id: 'user.redact.failed',
  message:
    'The homeserver could not redact {count, plural, one {# message} other {# messages}}. The first reasons: {reasons}',
} as const;
const SOME_FAILED_SOMEHOW = /*i18n*/ {
  id: 'user.redact.failed-somehow',
  message: 'The homeserver could not redact some messages, and does not say which.',
};
const WITH_REASON = /*i18n*/ {
  id: 'user.redact.with-reason',
  message: 'Reason that everyone can read: {reason}',
} as const;
const NEWEST = /*i18n*/ {
  id: 'user.redact.newest',
  message: 'In each room at most {limit, number} messages are redacted, the newest ones first.',
} as const;
const TASK_FAILED = /*i18n*/ {
  id: 'user.redact.task-failed',
  message: 'The homeserver stopped redacting: {reason}. Some messages may be redacted.',
} as const;

/** Below 11, Synapse builds a redaction in a way that it refuses of suspended users. */
const FIRST_GOOD_VERSION = 11;
const MOST_ROOMS_TO_CHECK = 100;

/** The rooms that Synapse itself would take at this moment (`users.py`, `RedactUser`). */
async function roomsOf(id: string, look: LookAt, server: Server): Promise<readonly string[]> {
  // Before it can tell who is banned from which room, those are left out.
  if (!has(server.version, 'memberships')) return (await look(lookAtJoinedRooms(id))).joined_rooms;
  const all = Object.entries(await look(lookAtMemberships(id)));
  return all.filter(([, membership]) => membership === 'join' || membership === 'ban').map(([roomId]) => roomId);
}

/** Why a suspended user's messages can't be redacted in these, or null. */
async function againstSuspended(rooms: readonly string[], look: LookAt) {
  if (rooms.length > MOST_ROOMS_TO_CHECK) return withValues(SUSPENDED_MANY, { count: rooms.length });
  for (const roomId of rooms) {
    // oxlint-disable-next-line no-await-in-loop -- it ends with the first one, which most often is the first
    const version = (await look(lookAtRoomVersion(roomId))) ?? '?';
    if (!(Number.parseInt(version, 10) >= FIRST_GOOD_VERSION)) return withValues(SUSPENDED, { roomId, version });
  }
  return null;
}

const spanOf = ({ after, before }: Pick<Input, 'after' | 'before'>): Span => ({
  ...(after !== null && { after }),
  ...(before !== null && { before }),
});

/** Null: whenever it was sent. */
function spanWords({ after, before }: Span): Text | null {
  const [from, last] = [after, before].map((ms) => (ms === undefined ? null : day(ms)));
  if (from == null) return last == null ? null : withValues(UNTIL, { last });
  return last == null ? withValues(SINCE, { from }) : withValues(BETWEEN, { from, last });
}

function withSpan(redacted: Text, state: Span): Text {
  const span = spanWords(state);
  return span === null ? redacted : withValues(ONLY_THOSE, { redacted, span });
}

/** The first few different ones. */
function firstReasons(reasons: readonly string[]) {
  return commaList([...new Set(reasons)].slice(0, 3));
}

const onlyWords = (span: Text | null): readonly Text[] => (span === null ? [] : [withValues(ONLY, { span })]);

export const redact = defineAction<User, State, Input>({
  ...ofAccount,
  kind: 'user.redact',
  icon: 'redact',
  group: 'content',
  label: /*i18n*/ { id: 'user.redact.label', message: 'Redact messages' },
  phrase: {
    one: /*i18n*/ { id: 'user.redact.one', message: 'Redact the messages of {id}' },
    many: /*i18n*/ {
      id: 'user.redact.many',
      message: 'Redact the messages of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['remove', 'delete', 'spam', 'clean up', 'moderation'],
  danger: true,
  guard: ({ version }) => lacks(version, 'redact'),
  watch: { suspended: flag('suspended') },
  unseen: true,
  // What is redacted already would be redacted again.
  repeatable: false,
  undo: {
    never: /*i18n*/ { id: 'user.redact.undo', message: 'This can’t be undone: what is redacted is gone for everyone.' },
  },
  // The homeserver works long on each, and on five tasks at most.
  policy: { concurrency: 2, start: 1 },
  form: {
    fields: [
      {
        name: 'rooms',
        kind: 'lines',
        label: /*i18n*/ { id: 'user.redact.rooms', message: 'Only in these rooms' },
        help: /*i18n*/ {
          id: 'user.redact.rooms-help',
          message: 'Room IDs, one per line. If empty: all rooms that the user is in or is banned from.',
        },
      },
      {
        name: 'after',
        kind: 'date',
        label: /*i18n*/ { id: 'user.redact.after', message: 'Sent on or after' },
        feature: 'redact-dates',
      },
      {
        name: 'before',
        kind: 'date',
        label: /*i18n*/ { id: 'user.redact.before', message: 'Sent on or before' },
        feature: 'redact-dates',
      },
      {
        name: 'limit',
        kind: 'number',
        label: /*i18n*/ { id: 'user.redact.limit', message: 'Limit per room' },
        help: /*i18n*/ { id: 'user.redact.limit-help', message: 'The newest are redacted first.' },
      },
      {
        name: 'reason',
        kind: 'text',
        label: /*i18n*/ { id: 'user.redact.reason', message: 'Reason' },
        help: /*i18n*/ { id: 'user.redact.reason-help', message: 'Everyone in the rooms can read it.' },
      },
      {
        name: 'use_admin',
        kind: 'switch',
        label: /*i18n*/ { id: 'user.redact.use-admin', message: 'Redact as yourself' },
        help: /*i18n*/ {
          id: 'user.redact.use-admin-help',
          message: 'Instead of in the name of the user. You need the power to redact in each of the rooms.',
        },
        feature: 'redact-as-admin',
      },
    ],
    initial: { rooms: '', after: '', before: '', limit: ALL_OF_THEM, reason: '', use_admin: false },
    read({ rooms, after, before, limit, reason, use_admin }) {
      const named = String(rooms).split(/\s+/).filter(Boolean);
      const [from, last] = [startOfDay(String(after)), startOfDay(String(before))];
      const isLimit = typeof limit === 'number' && Number.isInteger(limit) && limit > 0;
      const isWrongWay = from !== null && last !== null && last < from;
      const areRooms = named.every((one) => one.startsWith('!'));
      if (!areRooms || !isLimit || isWrongWay) {
        return {
          problems: {
            ...(!areRooms && { rooms: WRONG_ROOMS }),
            ...(!isLimit && { limit: WRONG_LIMIT }),
            ...(isWrongWay && { before: WRONG_DATES }),
          },
        };
      }
      return {
        input: {
          rooms: [...new Set(named)],
          after: from,
          before: last === null ? null : endOfDay(last),
          limit,
          reason: String(reason).trim(),
          use_admin: use_admin === true,
        },
      };
    },
  },
  goal: ({ rooms, ...input }, { suspended }) => ({ suspended: suspended ?? false, rooms, ...spanOf(input) }),
  async prepare({ id, goal }, { input, look, server }) {
    const rooms = input.rooms.length > 0 ? input.rooms : await roomsOf(id, look, server);
    if (rooms.length === 0) return { cannot: NO_ROOMS };
    const cannot = goal.suspended && !input.use_admin ? await againstSuspended(rooms, look) : null;
    return cannot ? { cannot } : { goal: { ...goal, rooms } };
  },
  write: (userId, { rooms = [] }, { input: { after, before, limit, reason, use_admin } }) =>
    redactUser(userId, {
      rooms,
      limit,
      ...(reason !== '' && { reason }),
      ...(use_admin && { use_admin }),
      ...(after !== null && { after_ts: after }),
      ...(before !== null && { before_ts: before }),
    }),
  tasks: (userId, { version }) => (has(version, 'scheduled-tasks') ? lookAtRedactions(userId) : null),
  task(_userId, redactId) {
    const one = lookAtRedaction(redactId);
    return {
      ...one,
      read(body, status): TaskState {
        const { status: is, failed_redactions: failed = {}, error } = one.read(body, status);
        if (is === 'scheduled' || is === 'active') return { status: 'running' };
        if (is === 'failed') return { status: 'failed', reason: withValues(TASK_FAILED, { reason: error ?? '?' }) };
        const reasons = Object.values(failed);
        if (reasons.length === 0) return { status: 'done', told: ALL_REDACTED };
        const told = reasons.filter((one) => typeof one === 'string');
        return {
          status: 'failed',
          details: { failed_redactions: failed as Json },
          reason:
            told.length < reasons.length
              ? SOME_FAILED_SOMEHOW
              : withValues(SOME_FAILED, { count: reasons.length, reasons: firstReasons(told) }),
        };
      },
    };
  },
  consequences: ({ use_admin, reason, limit, ...input }, many) => [
    many
      ? /*i18n*/ {
          id: 'user.redact.content-many',
          message:
            'Removes what these users wrote: messages, encrypted messages, and the events by which they joined rooms. Other homeservers are asked to do the same.',
        }
      : /*i18n*/ {
          id: 'user.redact.content',
          message:
            'Removes what the user wrote: messages, encrypted messages, and the events by which the user joined rooms. Other homeservers are asked to do the same.',
        },
    ...onlyWords(spanWords(spanOf(input))),
    /*i18n*/ {
      id: 'user.redact.stays',
      message: 'Files stay: quarantine or delete them separately. Reactions, topics and names of rooms stay too.',
    },
    use_admin
      ? /*i18n*/ {
          id: 'user.redact.as-admin',
          message: 'Each message is shown as redacted by you.',
        }
      : /*i18n*/ {
          id: 'user.redact.as-user',
          message:
            'Each message is shown as redacted by its sender. Lock the account first, so that it can’t send more.',
        },
    ...(reason === '' ? [] : [withValues(WITH_REASON, { reason })]),
    ...(limit < ALL_OF_THEM ? [withValues(NEWEST, { limit })] : []),
  ],
  words: ({ rooms, ...span }) =>
    rooms === undefined ? AS_THEY_ARE : withSpan(withValues(REDACTED, { count: rooms.length }), span),
  asItIs: ({ rooms, ...span }) =>
    rooms === undefined ? AS_THEY_ARE : withSpan(withValues(REDACTED_IN, { rooms: commaList([...rooms]) }), span),
  script: {
    never: /*i18n*/ {
      id: 'user.redact.script',
      message: 'Not available as a script: it can take the homeserver long, and a script would not wait for that.',
    },
  },
});
