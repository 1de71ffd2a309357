import { endDevices, type SeenDevice } from '~/api/device-asks';
import { defineAction } from '~/actions/action';
import { present } from '~/lib/places';
import { deviceOf, KEYS_MAY_GO, ofDevice, ownDevice, SIGN_IN_AGAIN } from './device';
import { endInMas } from './mas-end';

type State = { exists: boolean };

const OWN = /*i18n*/ {
  id: 'device.end.own',
  message: 'This is the session that Glia uses. Sign out of Glia to end it.',
};
const SIGNED_IN = /*i18n*/ { id: 'device.signed-in', message: 'signed in' };
const ENDED = /*i18n*/ { id: 'device.ended', message: 'ended' };

export const endDevice = defineAction<SeenDevice, State>({
  ...ofDevice,
  kind: 'device.end',
  notManaged: true,
  icon: 'sign-out',
  label: /*i18n*/ { id: 'device.end.label', message: 'End session' },
  phrase: {
    one: /*i18n*/ { id: 'device.end.one', message: 'End the session {deviceId} of {userId}' },
    many: /*i18n*/ {
      id: 'device.end.many',
      message: 'End {count, plural, =0 {sessions} one {# session} other {# sessions}}',
    },
  },
  phraseValues: (_input, id) => (id === null ? {} : phraseValues(id)),
  keywords: ['sign out', 'log out', 'device', 'revoke'],
  danger: true,
  watch: { exists: present('device_id') },
  absent: { exists: false },
  goal: () => ({ exists: false }),
  obstacle: async ({ id }, look, server) => {
    const { userId, device } = deviceOf(id);
    return (await ownDevice(userId, look, server)) === device ? OWN : null;
  },
  write(id) {
    const { userId, device } = deviceOf(id);
    return endDevices(userId, [device]);
  },
  repeatable: true,
  underMas: endInMas,
  // Synapse deletes what one user's sessions leave behind.
  lane: (id) => deviceOf(id).userId,
  undo: { never: SIGN_IN_AGAIN },
  words: ({ exists }) => (exists ? SIGNED_IN : ENDED),
  consequences: () => [
    /*i18n*/ {
      id: 'device.end.token',
      message: 'Its access token stops working at once, and it gets no more notifications.',
    },
    KEYS_MAY_GO,
  ],
  script: {
    never: /*i18n*/ {
      id: 'device.end.script',
      message: 'Not available as a script: Synapse gives the same answer whether or not the session existed.',
    },
  },
});

export function phraseValues(id: string): { userId: string; deviceId: string } {
  const { userId, device } = deviceOf(id);
  return { userId, deviceId: device };
}
