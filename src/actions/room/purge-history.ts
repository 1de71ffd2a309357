import { HomeserverError } from '~/api/errors';
import { lookAtLastBefore, lookAtPurge, lookAtPurges, purgeHistoryAsk } from '~/api/purge-asks';
import type { Room } from '~/api/rooms';
import { has } from '~/api/since';
import { defineAction, type TaskState } from '~/actions/action';
import { moment, startOfDay } from '~/lib/dates';
import { flag } from '~/lib/places';
import { withValues } from '~/lib/text';
import { ofRoom } from './room';

/** No answer shows what was purged: the state is up to when it is to be. */
type State = { replaced: boolean; before?: number };
/** `before`: epoch ms. `local`: what users of this homeserver sent goes, too. */
type Input = { before: number; local: boolean };

const NO_DATE = /*i18n*/ { id: 'room.purge.no-date', message: 'Choose a day.' };
const IN_FUTURE = /*i18n*/ { id: 'room.purge.future', message: 'Choose a day in the past.' };
const AS_IT_IS = /*i18n*/ { id: 'room.purge.now', message: 'history as it is' };
const PURGED = /*i18n*/ { id: 'room.purge.then', message: 'history before {date} purged' } as const;
const TOO_OLD = /*i18n*/ {
  id: 'room.purge.local-too',
  message:
    'Synapse {version} has a bug: it also deletes the messages of local users, which exist nowhere else. Update to Synapse 1.156, or choose “Also delete messages of local users” if you accept that.',
} as const;
const NOTHING = /*i18n*/ { id: 'room.purge.nothing', message: 'Nothing in the room is that old.' };
const NEAREST = /*i18n*/ { id: 'room.purge.nearest', message: 'The last event before then is from {date}.' } as const;
const STOPPED = /*i18n*/ { id: 'room.purge.failed', message: 'The homeserver stopped: {error}' } as const;
const UNKNOWN = /*i18n*/ { id: 'room.purge.unknown-error', message: 'The homeserver stopped, and does not say why.' };
const FINISHED = /*i18n*/ {
  id: 'room.purge.finished',
  message: 'The homeserver finished. It does not say how many events it deleted.',
};

export const purgeHistory = defineAction<Room, State, Input>({
  ...ofRoom,
  kind: 'room.purge-history',
  icon: 'history-off',
  group: 'upkeep',
  danger: true,
  label: /*i18n*/ { id: 'room.purge.label', message: 'Purge history' },
  phrase: {
    one: /*i18n*/ { id: 'room.purge.one', message: 'Purge the history of {id}' },
    many: /*i18n*/ {
      id: 'room.purge.many',
      message: 'Purge the history of {count, plural, =0 {rooms} one {# room} other {# rooms}}',
    },
  },
  keywords: ['delete messages', 'retention', 'free space', 'clean up'],
  form: {
    fields: [
      {
        name: 'before',
        kind: 'date',
        label: /*i18n*/ { id: 'room.purge.before', message: 'Sent before' },
      },
      {
        name: 'local',
        kind: 'switch',
        label: /*i18n*/ { id: 'room.purge.local', message: 'Also delete messages of local users' },
        help: /*i18n*/ {
          id: 'room.purge.local-help',
          message:
            'They may exist nowhere else. Without this, only what users of other homeservers sent is deleted: in a room of local users, that is nothing.',
        },
      },
    ],
    initial: { before: '', local: false },
    read({ before, local }) {
      const ts = startOfDay(String(before ?? ''));
      if (ts === null) return { problems: { before: NO_DATE } };
      return ts > Date.now() ? { problems: { before: IN_FUTURE } } : { input: { before: ts, local: local === true } };
    },
  },
  watch: { replaced: flag('tombstoned') },
  unseen: true,
  goal: ({ before }, { tombstoned }) => ({ replaced: tombstoned === true, before }),
  async prepare({ id, goal }, { input, look, server }) {
    if (!has(server.version, 'purge-keeps-local') && !input.local) {
      return { cannot: withValues(TOO_OLD, { version: server.version }) };
    }
    try {
      const { origin_server_ts: ts } = await look(lookAtLastBefore(id, input.before));
      return { goal, remark: withValues(NEAREST, { date: moment(ts) }) };
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return { cannot: NOTHING };
      throw error;
    }
  },
  // It would purge up to the same event.
  repeatable: true,
  write: (roomId, _goal, { input: { before, local } }) => purgeHistoryAsk(roomId, before, local),
  policy: { concurrency: 2, start: 1 },
  tasks: (roomId, { version }) => (has(version, 'scheduled-tasks') ? lookAtPurges(roomId) : null),
  task(_roomId, purgeId) {
    const one = lookAtPurge(purgeId);
    return {
      ...one,
      read(body, code): TaskState {
        const { status, error } = one.read(body, code);
        if (status === 'active') return { status: 'running' };
        if (status === 'complete') return { status: 'done', told: FINISHED };
        return { status: 'failed', reason: error == null ? UNKNOWN : withValues(STOPPED, { error }) };
      },
    };
  },
  undo: {
    never: /*i18n*/ {
      id: 'room.purge.undo',
      message: 'This can’t be undone. Other homeservers in the room keep their copies.',
    },
  },
  words: ({ before }) => (before === undefined ? AS_IT_IS : withValues(PURGED, { date: moment(before) })),
  consequences: ({ local }) => [
    /*i18n*/ {
      id: 'room.purge.unknown',
      message: 'The number of events is not known beforehand: Synapse counts them only while it deletes.',
    },
    local
      ? /*i18n*/ {
          id: 'room.purge.all-senders',
          message: 'Deletes what anyone sent before that day, local users included.',
        }
      : /*i18n*/ {
          id: 'room.purge.remote-senders',
          message: 'Deletes what users of other homeservers sent before that day. Messages of local users stay.',
        },
    /*i18n*/ {
      id: 'room.purge.stays',
      message:
        'The state of the room, its members and at least one event stay. Files stay, too: delete media separately.',
    },
    /*i18n*/ {
      id: 'room.purge.slow',
      message: 'This can take long, and slows the homeserver down. Synapse continues even if you close this page.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'room.purge.script',
      message: 'Not available as a script: once interrupted, it could not follow the homeserver’s tasks.',
    },
  },
});
