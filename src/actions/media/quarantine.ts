import { quarantineMedia, type MediaInfo } from '~/api/media-asks';
import { defineAction, type Action } from '~/actions/action';
import { flag, present } from '~/lib/places';
import { copiesWords } from './copies';
import { ofFile } from './file';

type State = { quarantined: boolean };

const QUARANTINED = /*i18n*/ { id: 'media.quarantined', message: 'quarantined' };
const NOT_QUARANTINED = /*i18n*/ { id: 'media.not-quarantined', message: 'not quarantined' };

const both = {
  ...ofFile,
  watch: { quarantined: present('media_info', 'quarantined_by') },
  write: (mxc, { quarantined }) => quarantineMedia(mxc, quarantined),
  words: ({ quarantined }) => (quarantined ? QUARANTINED : NOT_QUARANTINED),
  prepare: async ({ id, goal }, { seen, look, server }) => ({
    goal,
    remark: await copiesWords(id, seen, { isQuarantine: goal.quarantined, look, server }),
  }),
} satisfies Partial<Action<MediaInfo, State>>;

const COPIES = /*i18n*/ {
  id: 'media.copies',
  message:
    'This affects every copy with the same content on this homeserver, whoever uploaded it. Glia can name only copies among the owner’s own files.',
};

export const quarantine = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.quarantine',
  icon: 'hide',
  label: /*i18n*/ { id: 'media.quarantine.label', message: 'Quarantine' },
  phrase: {
    one: /*i18n*/ { id: 'media.quarantine.one', message: 'Quarantine {id}' },
    many: /*i18n*/ {
      id: 'media.quarantine.many',
      message: 'Quarantine {count, plural, =0 {files} one {# file} other {# files}}',
    },
  },
  keywords: ['hide', 'block'],
  goal: () => ({ quarantined: true }),
  // Answered with 200, and nothing happens (`store/room.py`, quarantine of local media).
  refuse: [
    {
      where: flag('media_info', 'safe_from_quarantine'),
      because: /*i18n*/ {
        id: 'media.quarantine.protected',
        message: 'Protected: unprotect it first.',
      },
    },
  ],
  consequences: () => [
    /*i18n*/ {
      id: 'media.quarantine.hidden',
      message: 'Nobody can open a quarantined file. It stays on disk, and you can lift the quarantine.',
    },
    COPIES,
  ],
});

export const unquarantine = defineAction<MediaInfo, State>({
  ...both,
  kind: 'media.unquarantine',
  icon: 'show',
  label: /*i18n*/ { id: 'media.unquarantine.label', message: 'Lift quarantine' },
  phrase: {
    one: /*i18n*/ { id: 'media.unquarantine.one', message: 'Lift the quarantine of {id}' },
    many: /*i18n*/ {
      id: 'media.unquarantine.many',
      message: 'Lift the quarantine of {count, plural, =0 {files} one {# file} other {# files}}',
    },
  },
  keywords: ['show', 'release'],
  goal: () => ({ quarantined: false }),
  consequences: () => [
    /*i18n*/ { id: 'media.unquarantine.again', message: 'Everyone can open the file again.' },
    COPIES,
  ],
});
