import { endDevices, lookAtDevices, type SeenDevice, type SeenDevices } from '~/api/device-asks';
import { defineAction } from '~/actions/action';
import { KEYS_MAY_GO, ownDevice, SIGN_IN_AGAIN } from '~/actions/device/device';
import { endSessionsInMas } from './mas-end-sessions';
import { commaList, sentences, withValues } from '~/lib/text';

/** `last_seen_ts`: ms; null is not known, and of a session that is to stay nothing is asked. */
type OneState = { device_id: string; last_seen_ts: number | null };
export type SessionsState = { devices: readonly OneState[] };
type State = SessionsState;
/** `days`: only those not used for so long; 0: whenever they were used. `keep`: so many stay, those used last. */
export type SessionsInput = { days: number; keep: number };
type Input = SessionsInput;

const DAY_MS = 86_400_000;
/** While somebody uses a session, its time moves on all the time. */
const USED_AGAIN_MS = DAY_MS;

const WRONG = /*i18n*/ { id: 'user.end-sessions.wrong', message: 'Enter a whole number, 0 or more.' };
const IN_WITH = /*i18n*/ {
  id: 'user.end-sessions.in-with',
  message: '{count, plural, =0 {no session} one {# session} other {# sessions}}',
} as const;
const IN_WITH_THESE = /*i18n*/ { id: 'user.end-sessions.in-with-these', message: 'sessions: {devices}' } as const;
const OWN_STAYS = /*i18n*/ {
  id: 'user.end-sessions.own-stays',
  message: 'The session that Glia uses stays.',
};
const UNKNOWN_STAY = /*i18n*/ {
  id: 'user.end-sessions.unknown-stay',
  message:
    '{count, plural, one {# session stays, because it is not known when it was last used.} other {# sessions stay, because it is not known when they were last used.}}',
} as const;

const DEHYDRATED_STAYS = /*i18n*/ {
  id: 'user.end-sessions.dehydrated-stays',
  message: 'The dehydrated device stays: it keeps the keys of messages that come while the user is signed out.',
};

const stays = ({ device_id }: { device_id: string }): OneState => ({ device_id, last_seen_ts: null });

/** Used last, newest first; where that is not known, at the end. */
const byUse = (one: SeenDevice, other: SeenDevice) => (other.last_seen_ts ?? -1) - (one.last_seen_ts ?? -1);

function mayEnd({ dehydrated, last_seen_ts }: SeenDevice, { days }: Input): boolean {
  if (dehydrated) return false;
  return days === 0 || (last_seen_ts != null && last_seen_ts < Date.now() - days * DAY_MS);
}

const idsIn = ({ devices }: State): string[] => devices.map(({ device_id }) => device_id);

export const endSessions = defineAction<SeenDevices, State, Input>({
  kind: 'user.end-sessions',
  notManaged: true,
  entity: 'user',
  icon: 'sign-out-all',
  group: 'access',
  label: /*i18n*/ { id: 'user.end-sessions.label', message: 'End sessions' },
  phrase: {
    one: /*i18n*/ { id: 'user.end-sessions.one', message: 'End sessions of {id}' },
    many: /*i18n*/ {
      id: 'user.end-sessions.many',
      message: 'End sessions of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['sign out', 'log out', 'devices', 'idle', 'old', 'revoke'],
  look: lookAtDevices,
  watch: {
    read: ({ devices }) => ({
      devices: devices.map(({ device_id, last_seen_ts }) => ({ device_id, last_seen_ts: last_seen_ts ?? null })),
    }),
  },
  // A session that is in use again since the plan must not end with the idle ones.
  same(one, now) {
    const times = new Map(now.devices.map(({ device_id, last_seen_ts }) => [device_id, last_seen_ts]));
    if (times.size !== one.devices.length) return false;
    return one.devices.every(({ device_id, last_seen_ts }) => {
      if (!times.has(device_id)) return false;
      const since = (times.get(device_id) ?? 0) - (last_seen_ts ?? Infinity);
      return last_seen_ts === null || since < USED_AGAIN_MS;
    });
  },
  form: {
    fields: [
      {
        name: 'days',
        kind: 'number',
        label: /*i18n*/ { id: 'user.end-sessions.days', message: 'Only if not used for (days)' },
        help: /*i18n*/ {
          id: 'user.end-sessions.days-help',
          message: '0: however recently they were used.',
        },
      },
      {
        name: 'keep',
        kind: 'number',
        label: /*i18n*/ { id: 'user.end-sessions.keep', message: 'Keep at least' },
        help: /*i18n*/ {
          id: 'user.end-sessions.keep-help',
          message: 'This many sessions stay: those that were used last.',
        },
      },
    ],
    initial: { days: 0, keep: 0 },
    read({ days, keep }) {
      if (isWhole(days) && isWhole(keep)) return { input: { days, keep } };
      return { problems: { ...(!isWhole(days) && { days: WRONG }), ...(!isWhole(keep) && { keep: WRONG }) } };
    },
  },
  goal(input, { devices }) {
    const newest = new Set(
      devices
        .filter(({ dehydrated }) => !dehydrated)
        .toSorted(byUse)
        .slice(0, input.keep),
    );
    return { devices: devices.filter((one) => newest.has(one) || !mayEnd(one, input)).map(stays) };
  },
  async prepare({ id, goal }, { seen, look, server, input }) {
    const own = await ownDevice(id, look, server);
    const keepsOwn = own !== null && seen.devices.some((one) => one.device_id === own) && !idsIn(goal).includes(own);
    const unknown = input.days === 0 ? 0 : seen.devices.filter(isUnknown).length;
    const dehydrated = seen.devices.filter((one) => one.dehydrated).length;
    const remarks = [
      keepsOwn ? OWN_STAYS : '',
      unknown > 0 ? withValues(UNKNOWN_STAY, { count: unknown }) : '',
      dehydrated > 0 ? DEHYDRATED_STAYS : '',
    ];
    return {
      goal: keepsOwn ? { devices: [...goal.devices, stays({ device_id: own })] } : goal,
      remark: remarks.reduce(sentences),
    };
  },
  // Exactly what was seen and planned: one that was begun since stays.
  write(userId, goal, { now }) {
    const staying = new Set(idsIn(goal));
    return endDevices(
      userId,
      idsIn(now).filter((one) => !staying.has(one)),
    );
  },
  repeatable: true,
  underMas: endSessionsInMas,
  undo: { never: SIGN_IN_AGAIN },
  words: ({ devices }) => withValues(IN_WITH, { count: devices.length }),
  asItIs: (state) =>
    state.devices.length === 0
      ? withValues(IN_WITH, { count: 0 })
      : withValues(IN_WITH_THESE, { devices: commaList(idsIn(state)) }),
  consequences: ({ days }, many, { isMyself }) => [
    /*i18n*/ {
      id: 'user.end-sessions.tokens',
      message: 'Their access tokens stop working at once, and they get no more notifications.',
    },
    KEYS_MAY_GO,
    ...(many && isMyself ? [OWN_STAYS] : []),
    ...(many && days > 0
      ? [
          /*i18n*/ {
            id: 'user.end-sessions.unknown',
            message: 'Sessions stay if Synapse doesn’t know when they were last used.',
          },
        ]
      : []),
  ],
  script: {
    never: /*i18n*/ {
      id: 'user.end-sessions.script',
      message: 'Not available as a script: which sessions end depends on when each was last used.',
    },
  },
});

const isUnknown = ({ last_seen_ts, dehydrated }: SeenDevice): boolean => last_seen_ts == null && !dehydrated;

const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
