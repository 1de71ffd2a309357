import type { Ask } from '~/api/ask';
import type { SeenDevices } from '~/api/device-asks';
import { masLacks } from '~/api/mas/since';
import { lookAtMasAccount } from '~/api/mas-account-asks';
import { endSession, SESSION_KINDS, type MasSession, type SessionKind } from '~/api/mas-session-asks';
import { defineUnderMas } from '~/actions/action';
import { KEYS_MAY_GO } from '~/actions/device/device';
import { invariant } from '~/lib/invariant';
import type { SessionsInput as Input, SessionsState as State } from './end-sessions';
import { ofMasAccount } from './mas-account';
import { end, sessionsOf } from './mas-sessions';

/**
 * All that signs a user in at MAS: browsers at MAS itself, apps (OAuth and older ones), and personal access tokens. As one list, in
 * the form of Synapse’s: which of them end is decided alike.
 */

const nameOf = ({ kind, id }: MasSession): string => `${kind} ${id}`;

function sessionOf(name: string): { kind: SessionKind; id: string } {
  const [kind = '', id = ''] = name.split(' ');
  const known = SESSION_KINDS.find((one) => one === kind);
  invariant(known !== undefined, 'a session of MAS has a kind that is known');
  return { kind: known, id };
}

function lookAtAll(userId: string): Ask<SeenDevices> {
  const { request, read, about } = lookAtMasAccount(userId);
  let masId = '';
  return {
    request,
    ...(about && { about }),
    read(body, status) {
      masId = read(body, status).data.id;
      return { devices: [] };
    },
    async more(look): Promise<SeenDevices> {
      const sessions = await sessionsOf(masId, SESSION_KINDS, look);
      return {
        devices: sessions.map((one) => ({
          device_id: nameOf(one),
          last_seen_ts: one.lastActive === null ? null : Date.parse(one.lastActive),
        })),
      };
    },
  };
}

export const endSessionsInMas = defineUnderMas<SeenDevices, State, Input>({
  look: lookAtAll,
  gone: ofMasAccount.gone,
  // Personal tokens are looked for too: before 1.5 that looks as if MAS did not answer.
  guard: ({ masVersion }) => masLacks(masVersion, 'personal-sessions'),
  notMyself: /*i18n*/ {
    id: 'user.end-sessions.mas-own',
    message: 'This is your own account, and Glia can’t tell in MAS which session it uses. End them one at a time.',
  },
  prepare: undefined,
  // Exactly what was seen and planned: one that was begun since stays.
  write: (_userId, goal, { now }) => ({ ...endSession(sessionOf(ending(now, goal)[0] ?? '')), read: () => null }),
  async carryOut({ planned, goal }, { ask }) {
    for (const name of ending(planned, goal)) {
      // oxlint-disable-next-line no-await-in-loop -- MAS makes a job of each for the same account
      await end(sessionOf(name), ask);
    }
    return null;
  },
  consequences: ({ days }, many) => [
    /*i18n*/ {
      id: 'user.end-sessions.mas-all',
      message:
        'Glia ends them at MAS, one request each: apps, browsers that are signed in to MAS itself, and personal access tokens. MAS then removes the devices from Synapse.',
    },
    KEYS_MAY_GO,
    ...(many && days > 0
      ? [
          /*i18n*/ {
            id: 'user.end-sessions.mas-unknown',
            message: 'Sessions stay if MAS doesn’t know when they were last used.',
          },
        ]
      : []),
  ],
});

function ending(now: State, goal: State): readonly string[] {
  const staying = new Set(goal.devices.map(({ device_id }) => device_id));
  return now.devices.map(({ device_id }) => device_id).filter((one) => !staying.has(one));
}
