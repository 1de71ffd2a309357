import { HomeserverError } from '~/api/errors';
import { lookAtDevice, lookAtMyself } from '~/api/device-asks';
import type { Ask } from '~/api/ask';
import {
  deviceInScope,
  finishBrowserSession,
  finishCompatSession,
  finishOAuthSession,
  lookAtBrowserSession,
  lookAtCompatSession,
  lookAtOAuthSession,
} from '~/api/mas/sessions';
import { defineAction, type LookAt, type Server } from '~/actions/action';
import { KEYS_MAY_GO, SIGN_IN_AGAIN } from '~/actions/device/device';
import { withValues, type Values } from '~/lib/text';
import { sessionOf } from './ids';
import { guardOfMas, ofMas } from './mas';

/** As far as all kinds of sessions have it. */
interface Seen {
  readonly id: string;
  readonly finished_at?: string | null | undefined;
  readonly scope?: string;
  readonly client_id?: string;
  readonly device_id?: string | null | undefined;
}
type State = { active: boolean };

const OWN = /*i18n*/ {
  id: 'mas-session.own',
  message: 'This is the session that Glia uses, or may be. Sign out of Glia to end it.',
};
const ACTIVE = /*i18n*/ { id: 'mas-session.active', message: 'active' };
const ENDED = /*i18n*/ { id: 'mas-session.ended', message: 'ended' };
const STILL_ON_SYNAPSE = /*i18n*/ {
  id: 'mas-session.still-on-synapse',
  message: 'Synapse still lists the device {deviceId}: MAS removes it in the background. Look again later.',
} as const;

function look(name: string): Ask<Seen> {
  const { kind, id } = sessionOf(name);
  if (kind === 'user') return lookAtBrowserSession(id);
  return kind === 'compat' ? lookAtCompatSession(id) : lookAtOAuthSession(id);
}

function finish(name: string): Ask<Seen> {
  const { kind, id } = sessionOf(name);
  if (kind === 'user') return finishBrowserSession(id);
  return kind === 'compat' ? finishCompatSession(id) : finishOAuthSession(id);
}

/** MAS has no “who am I”: Glia compares the user, the client and the device, as far as they are known. */
async function isOwn(name: string, lookAt: LookAt, server: Server): Promise<boolean> {
  const { kind, userId } = sessionOf(name);
  if (kind !== 'oauth2' || userId !== server.me) return false;
  const { scope = '', client_id } = await lookAt(look(name));
  const isClient =
    server.masClient === undefined ? scope.split(' ').includes('urn:mas:admin') : client_id === server.masClient;
  if (!isClient) return false;
  const device = deviceInScope(scope);
  const { device_id: mine } = await lookAt(lookAtMyself(server));
  return mine == null || device === mine;
}

/** Ms between two looks: MAS's job takes a second or so. */
const LOOKS_AFTER = [500, 1000, 2000, 4000];

export const finishSession = defineAction<Seen, State>({
  ...ofMas,
  guard: guardOfMas('finish-sessions'),
  kind: 'mas-session.finish',
  notManaged: true,
  entity: 'mas-session',
  icon: 'sign-out',
  label: /*i18n*/ { id: 'mas-session.finish.label', message: 'End session' },
  phrase: {
    one: /*i18n*/ { id: 'mas-session.finish.one', message: 'End the session {sessionId} of {userId}' },
    many: /*i18n*/ {
      id: 'mas-session.finish.many',
      message: 'End {count, plural, =0 {MAS sessions} one {# MAS session} other {# MAS sessions}}',
    },
  },
  phraseValues(_input, name): Values {
    if (name === null) return {};
    const { id, userId } = sessionOf(name);
    return { sessionId: id, userId: userId === '' ? NOBODY : userId };
  },
  keywords: ['sign out', 'log out', 'finish', 'revoke', 'device'],
  danger: true,
  look,
  gone: /*i18n*/ { id: 'mas-session.gone', message: 'MAS does not know this session any more.' },
  watch: { read: ({ finished_at }) => ({ active: finished_at == null }) },
  goal: () => ({ active: false }),
  obstacle: async ({ id }, lookAt, server) => ((await isOwn(id, lookAt, server)) ? OWN : null),
  write: finish,
  // MAS refuses to end it twice.
  repeatable: true,
  // MAS makes a job of each for the same account.
  lane: (name) => sessionOf(name).userId,
  undo: { never: SIGN_IN_AGAIN },
  words: ({ active }) => (active ? ACTIVE : ENDED),
  async aftermath({ id: name }, lookAt, wait) {
    const { kind, userId } = sessionOf(name);
    if (kind === 'user' || userId === '') return null;
    const { scope = '', device_id = null } = await lookAt(look(name));
    const device = device_id ?? deviceInScope(scope);
    if (device === null) return null;
    for (const ms of LOOKS_AFTER) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- one look after the other
        await lookAt(lookAtDevice(userId, device));
      } catch (error) {
        if (error instanceof HomeserverError && error.notFound) return null;
        throw error;
      }
      // oxlint-disable-next-line no-await-in-loop -- as above
      await wait(ms);
    }
    return withValues(STILL_ON_SYNAPSE, { deviceId: device });
  },
  consequences: () => [
    /*i18n*/ {
      id: 'mas-session.tokens',
      message:
        'An app’s access token stops working. MAS then removes its device from Synapse, which may accept the token for up to two minutes more.',
    },
    KEYS_MAY_GO,
    /*i18n*/ {
      id: 'mas-session.browser',
      message:
        'A browser session is only the sign-in at MAS itself: apps that were signed in through it stay signed in.',
    },
  ],
});

const NOBODY = /*i18n*/ { id: 'mas-session.nobody', message: 'no user' };
