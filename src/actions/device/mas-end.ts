import { NOT_THERE, Told } from '~/api/ask';
import { noneWhereNotFound } from '~/api/errors';
import { endDevices, lookAtDevice, type SeenDevice } from '~/api/device-asks';
import { lookAtMasAccount } from '~/api/mas-account-asks';
import { masLacks } from '~/api/mas/since';
import { end, sessionsOf } from '~/actions/user/mas-sessions';
import { defineUnderMas, type LookAt } from '~/actions/action';
import { deviceOf, KEYS_MAY_GO } from './device';

type State = { exists: boolean };

/** Ms between two looks at Synapse: MAS takes the device away there in a job of its own. */
const LOOKS_AFTER = [0, 500, 1000, 2000, 4000];

const LATE = /*i18n*/ {
  id: 'device.end.mas-late',
  message:
    'The session has ended at MAS. Synapse still lists its device: MAS removes it in the background. Look again later.',
};

/**
 * What ends a session of Matrix is the session of MAS that holds its device: deleted on Synapse alone, MAS would bring the device
 * back. A device that MAS doesn’t know, as those of a bridge, is Synapse’s.
 */
export const endInMas = defineUnderMas<SeenDevice, State>({
  // Personal tokens are looked for too: before 1.5 that looks as if MAS did not answer.
  guard: ({ masVersion }) => masLacks(masVersion, 'personal-sessions'),
  async carryOut({ id }, { ask, wait }) {
    const { userId, device } = deviceOf(id);
    const masId = await masIdHere(userId, ask);
    const held = masId === null ? [] : await sessionsOf(masId, ['oauth2', 'compat', 'personal'], ask);
    const holding = held.filter((one) => one.device === device);
    if (holding.length === 0) return ask(endDevices(userId, [device]));
    for (const session of holding) {
      // oxlint-disable-next-line no-await-in-loop -- hardly ever more than one
      await end(session, ask);
    }
    for (const ms of LOOKS_AFTER) {
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      if (ms > 0) await wait(ms);
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (await isGone(userId, device, ask)) return NOT_THERE;
    }
    return new Told(LATE);
  },
  consequences: () => [
    /*i18n*/ {
      id: 'device.end.mas-session',
      message:
        'Glia ends the session at MAS that holds this device. MAS then removes the device from Synapse. A device that MAS does not know is deleted on Synapse.',
    },
    KEYS_MAY_GO,
  ],
});

async function masIdHere(userId: string, look: LookAt): Promise<string | null> {
  const account = await look(lookAtMasAccount(userId)).catch(noneWhereNotFound);
  return account && account.data.id;
}

const isGone = async (userId: string, device: string, look: LookAt): Promise<boolean> =>
  (await look(lookAtDevice(userId, device)).catch(noneWhereNotFound)) === null;
