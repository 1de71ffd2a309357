import { changeUser } from '~/api/user-asks';
import type { User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { parseMxc } from '~/lib/mxc';
import { text } from '~/lib/places';
import { withValues } from '~/lib/text';
import { ofAccount } from './account';

/** What other users see of an account: its display name and its avatar. */

const UNDO_NAME = /*i18n*/ {
  id: 'user.display-name.undo',
  message: 'You can undo this. Names chosen for single rooms do not come back.',
};
const UNDO_AVATAR = /*i18n*/ {
  id: 'user.avatar.undo',
  message: 'You can undo this. Avatars chosen for single rooms do not come back.',
};
const IN_ROOMS = /*i18n*/ {
  id: 'user.profile.rooms',
  message:
    'Synapse updates the user’s rooms in the background. Their timelines show the change, and a name or avatar chosen for a single room is replaced.',
};
const OWN_LIMIT = /*i18n*/ {
  id: 'user.profile.own-limit',
  message:
    'Each change counts as a message against the user’s own rate limit. If that is used up, Glia waits and sends the change again.',
};

const both = {
  ...ofAccount,
  group: 'profile',
  // `handlers/profile.py:249-268`: the profile is written, then the user's own limit is spent, then the rooms follow.
  writtenWhenBusy: true,
} satisfies Partial<Action<User, never>>;

type Name = { displayname: string | null };
type NameInput = { displayname: string };

const NO_NAME = /*i18n*/ { id: 'user.no-display-name', message: 'without a display name' };
const NAMED = /*i18n*/ { id: 'user.named', message: 'named “{displayname}”' } as const;

/** `handlers/profile.py`: counted in characters. */
const LONGEST_NAME = 256;

const ofName = {
  ...both,
  undo: { partly: UNDO_NAME },
  watch: { displayname: text('displayname') },
  // `null` is refused; an empty one clears it.
  write: (userId, { displayname }) => changeUser(userId, { displayname: displayname ?? '' }),
  words: ({ displayname }) => (displayname === null ? NO_NAME : withValues(NAMED, { displayname })),
} satisfies Partial<Action<User, Name>>;

export const setDisplayName = defineAction<User, Name, NameInput>({
  ...ofName,
  kind: 'user.display-name',
  icon: 'name',
  label: /*i18n*/ { id: 'user.display-name.label', message: 'Change display name' },
  phrase: {
    one: /*i18n*/ { id: 'user.display-name.one', message: 'Change the display name of {id}' },
    many: /*i18n*/ {
      id: 'user.display-name.many',
      message: 'Change the display name of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['rename', 'nick', 'profile'],
  form: {
    fields: [
      {
        name: 'displayname',
        kind: 'text',
        label: /*i18n*/ { id: 'user.display-name.name', message: 'Display name' },
        help: /*i18n*/ { id: 'user.display-name.help', message: 'Leave it empty to remove the display name.' },
      },
    ],
    initial: { displayname: '' },
    from: (seen) => ({ displayname: seen.displayname ?? '' }),
    read({ displayname }) {
      // As Synapse does (`new_displayname.strip()`).
      const typed = String(displayname).trim();
      if (Array.from(typed).length <= LONGEST_NAME) return { input: { displayname: typed } };
      return {
        problems: {
          displayname: withValues(
            /*i18n*/ { id: 'user.display-name.long', message: 'At most {longest, number} characters.' },
            { longest: LONGEST_NAME },
          ),
        },
      };
    },
  },
  goal: ({ displayname }) => ({ displayname: displayname === '' ? null : displayname }),
  consequences: (_input, many) => [
    ...(many
      ? [/*i18n*/ { id: 'user.display-name.same', message: 'All of these users get the same display name.' }]
      : []),
    IN_ROOMS,
    OWN_LIMIT,
  ],
});

export const removeDisplayName = defineAction<User, Name>({
  ...ofName,
  kind: 'user.display-name-remove',
  icon: 'name-off',
  label: /*i18n*/ { id: 'user.display-name-remove.label', message: 'Remove display name' },
  phrase: {
    one: /*i18n*/ { id: 'user.display-name-remove.one', message: 'Remove the display name of {id}' },
    many: /*i18n*/ {
      id: 'user.display-name-remove.many',
      message: 'Remove the display name of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['rename', 'clear', 'profile'],
  goal: () => ({ displayname: null }),
  consequences: () => [
    /*i18n*/ { id: 'user.display-name-remove.id', message: 'Clients then show the user ID instead.' },
    IN_ROOMS,
    OWN_LIMIT,
  ],
});

type Avatar = { avatar_url: string | null };
type AvatarInput = { avatar_url: string };

const NO_AVATAR = /*i18n*/ { id: 'user.no-avatar', message: 'without an avatar' };
const WITH_AVATAR = /*i18n*/ { id: 'user.with-avatar', message: 'shown with the avatar {avatarId}' } as const;
const LONGEST_LINK = 1000;

const ofAvatar = {
  ...both,
  undo: { partly: UNDO_AVATAR },
  watch: { avatar_url: text('avatar_url') },
  write: (userId, { avatar_url }) => changeUser(userId, { avatar_url: avatar_url ?? '' }),
  words: ({ avatar_url: avatarId }) => (avatarId === null ? NO_AVATAR : withValues(WITH_AVATAR, { avatarId })),
} satisfies Partial<Action<User, Avatar>>;

export const setAvatar = defineAction<User, Avatar, AvatarInput>({
  ...ofAvatar,
  kind: 'user.avatar',
  icon: 'avatar',
  label: /*i18n*/ { id: 'user.avatar.label', message: 'Change avatar' },
  phrase: {
    one: /*i18n*/ { id: 'user.avatar.one', message: 'Change the avatar of {id}' },
    many: /*i18n*/ {
      id: 'user.avatar.many',
      message: 'Change the avatar of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['picture', 'photo', 'profile'],
  form: {
    fields: [
      {
        name: 'avatar_url',
        kind: 'text',
        label: /*i18n*/ { id: 'user.avatar.link', message: 'Address of the picture (mxc://…)' },
        help: /*i18n*/ {
          id: 'user.avatar.help',
          message: 'Of a picture that was uploaded to a homeserver. Leave it empty to remove the avatar.',
        },
      },
    ],
    initial: { avatar_url: '' },
    from: (seen) => ({ avatar_url: seen.avatar_url ?? '' }),
    read({ avatar_url }) {
      const typed = String(avatar_url).trim();
      if (typed === '' || (parseMxc(typed) !== null && typed.length <= LONGEST_LINK)) {
        return { input: { avatar_url: typed } };
      }
      return {
        problems: {
          avatar_url: /*i18n*/ {
            id: 'user.avatar.wrong',
            message: 'Enter an address such as mxc://example.org/AbCdEf, or leave this empty.',
          },
        },
      };
    },
  },
  goal: ({ avatar_url }) => ({ avatar_url: avatar_url === '' ? null : avatar_url }),
  consequences: (_input, many) => [
    ...(many ? [/*i18n*/ { id: 'user.avatar.same', message: 'All of these users get the same avatar.' }] : []),
    /*i18n*/ { id: 'user.avatar.unchecked', message: 'Synapse does not check whether the picture exists.' },
    IN_ROOMS,
    OWN_LIMIT,
  ],
});

export const removeAvatar = defineAction<User, Avatar>({
  ...ofAvatar,
  kind: 'user.avatar-remove',
  icon: 'avatar-off',
  label: /*i18n*/ { id: 'user.avatar-remove.label', message: 'Remove avatar' },
  phrase: {
    one: /*i18n*/ { id: 'user.avatar-remove.one', message: 'Remove the avatar of {id}' },
    many: /*i18n*/ {
      id: 'user.avatar-remove.many',
      message: 'Remove the avatar of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  keywords: ['picture', 'photo', 'clear', 'profile'],
  goal: () => ({ avatar_url: null }),
  consequences: () => [
    /*i18n*/ {
      id: 'user.avatar-remove.file',
      message:
        'The picture itself is kept: anyone who has its address can still open it. Quarantine or delete the file if it must go.',
    },
    IN_ROOMS,
    OWN_LIMIT,
  ],
});
