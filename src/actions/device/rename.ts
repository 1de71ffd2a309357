import { renameDevice, type SeenDevice } from '~/api/device-asks';
import { defineAction } from '~/actions/action';
import { text } from '~/lib/places';
import { withValues } from '~/lib/text';
import { deviceOf, ofDevice } from './device';
import { phraseValues } from './end';

type State = { display_name: string | null };

/** `devices.py`, `MAX_DEVICE_DISPLAY_NAME_LEN` */
const LONGEST = 100;
const TOO_LONG = /*i18n*/ {
  id: 'device.rename.too-long',
  message: 'Enter at most {longest, number} characters.',
} as const;
const NO_NAME = /*i18n*/ { id: 'device.no-name', message: 'without a name' };
const NAMED = /*i18n*/ { id: 'device.named', message: 'named {name}' } as const;

export const renameOneDevice = defineAction<SeenDevice, State, State>({
  ...ofDevice,
  kind: 'device.rename',
  icon: 'rename',
  label: /*i18n*/ { id: 'device.rename.label', message: 'Rename session' },
  phrase: {
    one: /*i18n*/ { id: 'device.rename.one', message: 'Rename the session {deviceId} of {userId}' },
    many: /*i18n*/ {
      id: 'device.rename.many',
      message: 'Rename {count, plural, =0 {sessions} one {# session} other {# sessions}}',
    },
  },
  phraseValues: (_input, id) => (id === null ? {} : phraseValues(id)),
  keywords: ['device', 'name'],
  watch: { display_name: text('display_name') },
  goal: (input) => input,
  form: {
    fields: [
      {
        name: 'display_name',
        kind: 'text',
        label: /*i18n*/ { id: 'device.rename.name', message: 'Name' },
        help: /*i18n*/ {
          id: 'device.rename.name-help',
          message: 'Other users may see it, for example when they verify the session.',
        },
      },
    ],
    initial: { display_name: '' },
    from: ({ display_name }) => ({ display_name: display_name ?? '' }),
    read({ display_name }) {
      const name = String(display_name).trim();
      // As Synapse counts them.
      return Array.from(name).length > LONGEST
        ? { problems: { display_name: withValues(TOO_LONG, { longest: LONGEST }) } }
        : { input: { display_name: name === '' ? null : name } };
    },
  },
  write(id, { display_name }) {
    const { userId, device } = deviceOf(id);
    // Synapse can't take a name away, but leave it empty.
    return renameDevice(userId, device, display_name ?? '');
  },
  repeatable: true,
  undo: 'restore',
  words: ({ display_name }) => (display_name === null ? NO_NAME : withValues(NAMED, { name: display_name })),
  consequences: () => [],
});
