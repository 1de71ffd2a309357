import { msg } from '@lingui/core/macro';
import type { DataPart } from '~/api/user-data';
import type { Words } from '~/lib/words';

/** What each part is, for the page and for who gets the archive. */
export const PART_WORDS: Readonly<Record<DataPart, { readonly label: Words; readonly about: Words }>> = {
  account: {
    label: msg`Account`,
    about: msg`State of the account, when it was created, email addresses, phone numbers and external IDs.`,
  },
  profile: { label: msg`Profile`, about: msg`Display name, avatar and other profile fields that everyone can see.` },
  rooms: { label: msg`Rooms`, about: msg`The rooms the user is or was in, by room ID, each with the membership.` },
  sessions: { label: msg`Sessions`, about: msg`Device IDs, names, and when and from where each was last seen.` },
  'ip-addresses': {
    label: msg`IP addresses`,
    about: msg`IP addresses and clients, with times. Synapse forgets them after 28 days unless configured otherwise.`,
  },
  pushers: {
    label: msg`Pushers`,
    about: msg`Where push notifications are sent. The push keys in it identify a phone or a browser.`,
  },
  'account-data': {
    label: msg`Account data`,
    about: msg`What the user’s apps stored: settings, ignored users, direct chats, room tags.`,
  },
  media: { label: msg`List of files`, about: msg`Every uploaded file with its name, type, size and times.` },
  'reports-by-user': {
    label: msg`Reports by the user`,
    about: msg`What the user reported. Names the people who were reported.`,
  },
  'reports-about-user': {
    label: msg`Reports about the user`,
    about: msg`Reports of the user and of their messages. Names the people who reported them.`,
  },
};
