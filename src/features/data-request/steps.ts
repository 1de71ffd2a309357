import { msg } from '@lingui/core/macro';
import type { AnyAction } from '~/actions/action';
import type { Entered } from '~/actions/form';
import { removeExternalIds } from '~/actions/user/external-ids';
import { deactivate, reactivate } from '~/actions/user/deactivate';
import { ERASED_ON_SYNAPSE } from '~/actions/user/mas-deactivate';
import { setExternalIds } from '~/actions/user/external-ids-change';
import { lock, unlock } from '~/actions/user/lock';
import { redact } from '~/actions/user/redact';
import { removeThreepids, setThreepids } from '~/actions/user/threepids';
import type { Json } from '~/jobs/job';
import type { Text } from '~/lib/text';
import type { Words } from '~/lib/words';

/** What an erasure is made of, in the order in which it works: each step needs what a later one takes away. */

/** What a job was asked for, and what it said. */
export interface Asked {
  readonly said: readonly Text[];
  /** What was entered for its action. Undefined: it is not known, or it was a step of several. */
  readonly input: Json | undefined;
  /** What was to be so afterwards, as far as it was kept. */
  readonly goals: readonly Json[];
  /** A step of a job that does all of it, which checks at its end what is left. */
  readonly isStep: boolean;
}

export interface Step {
  readonly id: string;
  readonly title: Words;
  /** Why here, and what it does not do. */
  readonly about: Words;
  /** The same in a job of all steps, where that is another thing. */
  readonly inJob?: Words;
  /** Kinds of jobs that are a record of it. */
  readonly kinds: readonly string[];
  /** Its step in a job of several steps. */
  readonly key: string;
  /** Whether what a job was asked for, and said, means all of it. Missing: that it was done. */
  isWhole?(job: Asked): boolean;
  /** Less than all of it is known to be half of it. Missing: it may still be all there was. */
  readonly lessIsHalf?: true;
  /** Kinds that take it back. */
  readonly contrary: readonly string[];
  /** Whose dialog does it. `files`: the list of the user's files, as a job of its own. */
  readonly by: readonly { readonly action: AnyAction; readonly values?: Entered }[] | 'files';
}

const fieldOf = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)[name]
    : undefined;

/** So many in a room are all of them. */
const MANY = 100_000;
const isAllOf = (input: Json | undefined): boolean => {
  const [rooms, limit] = [fieldOf(input, 'rooms'), fieldOf(input, 'limit')];
  const isOfAnyTime = fieldOf(input, 'after') === null && fieldOf(input, 'before') === null;
  return Array.isArray(rooms) && rooms.length === 0 && isOfAnyTime && typeof limit === 'number' && limit >= MANY;
};

/** Whether the list was to be empty. */
const isNone = (goals: readonly Json[], name: string): boolean =>
  goals.some((goal) => {
    const list = fieldOf(goal, name);
    return Array.isArray(list) && list.length === 0;
  });

export const STEPS: readonly Step[] = [
  {
    id: 'lock',
    key: 'lock',
    title: msg`Lock the account`,
    about: msg`Nothing new is written while you erase. Don’t suspend the user instead: in rooms of version 10 and below, Synapse can’t redact what a suspended user sent.`,
    kinds: [lock.kind],
    contrary: [unlock.kind],
    by: [{ action: lock }],
  },
  {
    id: 'redact',
    key: 'redact',
    title: msg`Redact the messages`,
    about: msg`Before the account is deactivated: Synapse redacts in the rooms that the user is in or is banned from. For rooms that the user has left, enter their IDs.`,
    inJob: msg`In every room that the homeserver knows the user is or was in. Glia waits until Synapse has finished, and reads which messages it could not redact. Everyone who is in the rooms sees that messages were removed.`,
    kinds: [redact.kind],
    // With rooms, dates or a number entered, it is the messages there, then or so many of them.
    isWhole: ({ input, isStep }) => isStep || isAllOf(input),
    contrary: [],
    by: [{ action: redact }],
  },
  {
    id: 'files',
    key: 'media',
    title: msg`Delete the files`,
    about: msg`Everything that the user uploaded, avatars included. You see the list and confirm it on a page of its own.`,
    inJob: msg`Everything that the user uploaded, avatars included. Protected files stay, and are named.`,
    kinds: ['media.delete', 'delete-media'],
    // Some files of the user, or all: a job of files does not know.
    isWhole: ({ isStep }) => isStep,
    contrary: [],
    by: 'files',
  },
  {
    id: 'addresses',
    key: 'addresses',
    title: msg`Remove email addresses and phone numbers`,
    about: msg`Deactivating deletes them too. Removed first, there is a record of it, and Synapse asks the identity servers to forget them.`,
    kinds: [setThreepids.kind, removeThreepids.kind],
    isWhole: ({ goals, isStep }) => isStep || isNone(goals, 'threepids'),
    contrary: [],
    by: [{ action: setThreepids, values: { emails: '', phones: '' } }],
  },
  {
    id: 'external-ids',
    key: 'external-ids',
    title: msg`Remove external IDs`,
    about: msg`Deactivating leaves them: they would stay linked to the account, and no other account could have them.`,
    kinds: [setExternalIds.kind, removeExternalIds.kind],
    isWhole: ({ goals, isStep }) => isStep || isNone(goals, 'external_ids'),
    contrary: [],
    by: [{ action: setExternalIds, values: { lines: '' } }],
  },
  {
    id: 'deactivate',
    key: 'deactivate',
    title: msg`Deactivate and erase`,
    about: msg`Last. It ends all sessions, deletes password, profile, keys and account data, leaves all rooms, and hides what is left of the messages from people who join later.`,
    kinds: [deactivate.kind],
    // Without erasing it is half of it.
    lessIsHalf: true,
    isWhole: ({ said }) =>
      [deactivate.words({ deactivated: true, erased: true }), ERASED_ON_SYNAPSE].some((words) =>
        JSON.stringify(said).includes(JSON.stringify(words)),
      ),
    contrary: [reactivate.kind],
    by: [{ action: deactivate, values: { erase: true } }],
  },
];

/** What an erasure on this homeserver doesn’t reach, and why. */
export const REMAINS: readonly Words[] = [
  msg`Copies on other homeservers. Each homeserver with a member in a shared room has its messages and may have its files. They are asked to redact, and are free not to. They never hear of deleted files.`,
  msg`What is no message: reactions, polls, room names and topics that the user set. Synapse redacts messages, encrypted events and joins only.`,
  msg`The user ID. It stays in the rooms that the user was in, in other people’s mentions and replies, and nobody can register it again.`,
  msg`Redacted content in the database, for 7 days unless the homeserver is configured otherwise.`,
  msg`Backups of the database and of the media. They get their copy back when somebody restores them.`,
  msg`Files in an object store (such as S3), if the homeserver uses one: Synapse deletes its own copy and its record of them.`,
  msg`Log files of Synapse and of the proxy in front of it: they have the user ID and IP addresses.`,
  msg`What bridges, bots, identity servers and push services stored.`,
  msg`Reports by and about the user, until somebody dismisses them.`,
  msg`Activity in this browser: its jobs keep the user ID, and email addresses and external IDs as they were. Save the receipt, then delete the jobs there.`,
];

/** Where Glia changes the account in MAS itself. */
export const REMAINS_IN_MAS: Words = msg`In Matrix Authentication Service (MAS): the username, a hash of the password, and the links to SSO accounts. Remove the links in the user’s tab “Upstream links”. MAS lists ended sessions for 30 days.`;

export const REMAINS_BEHIND_MAS: Words = msg`The account in Matrix Authentication Service (MAS), which manages the accounts of this homeserver: lock and deactivate it there. Email addresses and linked accounts are there, too.`;
