import { lookAtMediaTotal, quarantineUserMedia } from '~/api/access-asks';
import type { User } from '~/api/users';
import { defineAction } from '~/actions/action';
import { withValues } from '~/lib/text';
import { ofAccount } from './account';

/** No single answer shows whether all files of a user are quarantined: the answer to the change says how many were. */
type State = { quarantined?: boolean };

const FILES = /*i18n*/ {
  id: 'user.quarantine-media.files',
  message:
    '{count, plural, =0 {The user has no files on this homeserver.} one {The user has # file on this homeserver.} other {The user has # files on this homeserver.}}',
} as const;

export const quarantineMediaOf = defineAction<User, State>({
  ...ofAccount,
  kind: 'user.quarantine-media',
  icon: 'hide-all',
  group: 'content',
  label: /*i18n*/ { id: 'user.quarantine-media.label', message: 'Quarantine all files' },
  phrase: {
    one: /*i18n*/ { id: 'user.quarantine-media.one', message: 'Quarantine all files of {id}' },
    many: /*i18n*/ {
      id: 'user.quarantine-media.many',
      message: 'Quarantine all files of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['media', 'images', 'hide', 'block', 'moderation'],
  watch: {},
  unseen: true,
  repeatable: true,
  undo: {
    never: /*i18n*/ {
      id: 'user.quarantine-media.undo',
      message:
        'This can’t be undone all at once: Synapse lifts a quarantine only file by file. Select the files on the user’s Media tab.',
    },
  },
  goal: () => ({ quarantined: true }),
  async weigh({ id }, { look }) {
    return [withValues(FILES, { count: await look(lookAtMediaTotal(id)) })];
  },
  write: (userId) => quarantineUserMedia(userId),
  words: ({ quarantined }) =>
    quarantined
      ? /*i18n*/ { id: 'user.quarantine-media.then', message: 'all files quarantined' }
      : /*i18n*/ { id: 'user.quarantine-media.now', message: 'files as they are' },
  consequences: () => [
    /*i18n*/ {
      id: 'user.quarantine-media.nobody',
      message: 'Nobody can open quarantined files. Other users’ files with the same content are quarantined too.',
    },
    /*i18n*/ {
      id: 'user.quarantine-media.protected',
      message: 'Protected files are left out. Files that the user uploads later are not quarantined.',
    },
  ],
  script: {
    never: /*i18n*/ {
      id: 'user.quarantine-media.script',
      message: 'Not available as a script: only the answer says how many files were quarantined.',
    },
  },
});
