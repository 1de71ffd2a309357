import {
  lookAtAliases,
  lookAtDeletion,
  lookAtDeletions,
  lookAtPresent,
  lookAtRoomMedia,
  type DeletionStatus,
  type Present,
} from '~/api/room-delete-asks';
import { lookAtState } from '~/api/room-asks';
import { lacks } from '~/api/since';
import type { LookAt, Server, TaskState } from '~/actions/action';
import type { Entered, Field } from '~/actions/form';
import type { Ask } from '~/api/ask';
import { isUserId } from '~/lib/recognise';
import { commaList, sentences, withValues, type Text } from '~/lib/text';

/** What the deletion of a room and the removal of its members share: both are one task of the homeserver. */

export type Replacement = { readonly user: string; readonly name: string; readonly message: string };
export type Options = { readonly block: boolean; readonly replacement: Replacement | null };

const USER_FORM = /*i18n*/ { id: 'room.delete.user-form', message: 'A user ID looks like @name:example.org.' };

export const BLOCK: Field = {
  name: 'block',
  kind: 'switch',
  label: /*i18n*/ { id: 'room.delete.block', message: 'Block the room' },
  help: /*i18n*/ {
    id: 'room.delete.block-help',
    message: 'Nobody on this homeserver can join it again, or be invited to it.',
  },
};

export const REPLACEMENT: readonly Field[] = [
  {
    name: 'after',
    kind: 'choice',
    label: /*i18n*/ { id: 'room.delete.after', message: 'The local members' },
    help: /*i18n*/ {
      id: 'room.delete.after-help',
      message: 'Either way they are out of this room. Synapse can invite them to a new one and join them there.',
    },
    options: [
      { value: 'leave', label: /*i18n*/ { id: 'room.delete.leave', message: 'are removed' } },
      { value: 'move', label: /*i18n*/ { id: 'room.delete.move', message: 'are moved to a new room' } },
    ],
  },
  {
    name: 'user',
    kind: 'text',
    label: /*i18n*/ { id: 'room.delete.user', message: 'Who creates the new room' },
    help: /*i18n*/ {
      id: 'room.delete.user-help',
      message: 'The user ID of a local user, who becomes its only moderator. Everyone else can only read.',
    },
    onlyIf: { field: 'after', is: 'move' },
  },
  {
    name: 'name',
    kind: 'text',
    label: /*i18n*/ { id: 'room.delete.name', message: 'Name of the new room' },
    help: /*i18n*/ {
      id: 'room.delete.name-help',
      message: 'Leave it empty for Synapse’s own: “Content Violation Notification”.',
    },
    onlyIf: { field: 'after', is: 'move' },
  },
  {
    name: 'message',
    kind: 'lines',
    label: /*i18n*/ { id: 'room.delete.message', message: 'First message in the new room' },
    help: /*i18n*/ { id: 'room.delete.message-help', message: 'Use it to explain to the members why they were moved.' },
    onlyIf: { field: 'after', is: 'move' },
  },
];

export const FIRST: Entered = { block: false, after: 'leave', user: '', name: '', message: '' };

export function readOptions({
  block,
  after,
  user,
  name,
  message,
}: Entered): { input: Options } | { problems: Readonly<Record<string, Text>> } {
  if (after !== 'move') return { input: { block: block === true, replacement: null } };
  const creator = String(user ?? '').trim();
  if (!isUserId(creator)) return { problems: { user: USER_FORM } };
  const replacement = {
    user: creator,
    name: String(name ?? '').trim(),
    message: String(message ?? '').trim(),
  };
  return { input: { block: block === true, replacement } };
}

export const bodyOf = ({ block, replacement }: Options) => ({
  block,
  ...(replacement && {
    new_room_user_id: replacement.user,
    ...(replacement.name !== '' && { room_name: replacement.name }),
    ...(replacement.message !== '' && { message: replacement.message }),
  }),
});

const PRESENT = /*i18n*/ {
  id: 'room.delete.present',
  message:
    '{local, plural, =0 {No local members} one {# local member} other {# local members}}, {remote, number} on other homeservers.',
} as const;

export const presentWords = ({ local, remote }: Present): Text => withValues(PRESENT, { local, remote });

const ALIASES = /*i18n*/ {
  id: 'room.delete.aliases',
  message:
    '{count, plural, =0 {It has no alias on this homeserver.} one {Its alias on this homeserver is deleted: {list}} other {Its # aliases on this homeserver are deleted: {list}}}',
} as const;
const PARENTS = /*i18n*/ {
  id: 'room.delete.parents',
  message:
    '{count, plural, one {It names # space as its parent, which keeps a link that leads nowhere.} other {It names # spaces as its parents, which keep links that lead nowhere.}}',
} as const;
const MEDIA = /*i18n*/ {
  id: 'room.delete.media',
  message:
    '{count, plural, =0 {No unencrypted message contains a file.} one {# file from its unencrypted messages stays stored.} other {# files from its unencrypted messages stay stored.}}',
} as const;
const ID = /*i18n*/ { id: 'room.delete.alias', message: '{aliasId}' } as const;

/** So many aliases are named. */
const SHOWN = 5;

/** What is touched besides, in numbers. */
export async function weighRoom(
  { id }: { readonly id: string },
  { seen, look, server }: { readonly seen: Present; readonly look: LookAt; readonly server: Server },
): Promise<readonly Text[]> {
  const [{ aliases }, parents, media] = await Promise.all([
    look(lookAtAliases(id, server)),
    look(lookAtState(id, 'm.space.parent')),
    look(lookAtRoomMedia(id)),
  ]);
  const list = commaList(aliases.slice(0, SHOWN).map((aliasId) => withValues(ID, { aliasId })));
  return [
    presentWords(seen),
    withValues(ALIASES, { count: aliases.length, list }),
    ...(parents.length > 0 ? [withValues(PARENTS, { count: parents.length })] : []),
    // The same file may be in many messages.
    withValues(MEDIA, { count: new Set([...media.local, ...media.remote]).size }),
  ];
}

/** What becomes of the local members, for the deletion and the removal alike. */
export const whereTheyGo = ({ replacement }: Options): Text =>
  replacement
    ? /*i18n*/ {
        id: 'room.delete.moves',
        message:
          'The local members are moved to a new room, where only its creator can write. Local aliases lead there.',
      }
    : /*i18n*/ {
        id: 'room.delete.leaves',
        message: 'Its local aliases are deleted, and links to it no longer work here.',
      };

const REMOVED = /*i18n*/ {
  id: 'room.delete.removed-names',
  message:
    '{count, plural, =0 {No member had to be removed.} one {# member removed: {list}.} other {# members removed: {list}.}}',
} as const;
const NOT_REMOVED = /*i18n*/ {
  id: 'room.delete.not-removed',
  message: '{count, plural, one {# member} other {# members}} could not be removed: {list}.',
} as const;
const MOVED = /*i18n*/ { id: 'room.delete.moved', message: 'The new room is {roomId}.' } as const;
const FAILED = /*i18n*/ { id: 'room.delete.failed', message: 'The homeserver stopped: {error}' } as const;
const FAILED_SOMEHOW = /*i18n*/ {
  id: 'room.delete.failed-somehow',
  message: 'The homeserver stopped, and this version does not say why. Its log does.',
};
const CANCELLED = /*i18n*/ { id: 'room.delete.cancelled', message: 'The task was cancelled on the homeserver.' };
const KNOWN = /*i18n*/ {
  id: 'room.delete.known-failure',
  message:
    'A known bug of Synapse: something was written to the room while it was being deleted. Retry: the second attempt usually works.',
};
const STILL_IN = /*i18n*/ {
  id: 'room.delete.still-in',
  message: 'Members are still in the room. Remove them first, or delete the room even if members can’t be removed.',
};
const USER = /*i18n*/ { id: 'room.delete.member', message: '{userId}' } as const;
const MORE = /*i18n*/ {
  id: 'room.delete.more-members',
  message: '{count, plural, one {# more} other {# more}}',
} as const;

/** The first few by their IDs, the others by their number: of a large room the report has no place for all. */
function named(users: readonly string[]): Text {
  const more = users.length - SHOWN;
  const shown = users.slice(0, SHOWN).map((userId) => withValues(USER, { userId }));
  return commaList(more > 0 ? [...shown, withValues(MORE, { count: more })] : shown);
}

function toldOf(done: DeletionStatus['done']): Text {
  if (!done) return '';
  const { kicked_users: kicked = [], failed_to_kick_users: failed = [], new_room_id: roomId } = done;
  return [
    withValues(REMOVED, { count: kicked.length, list: named(kicked) }),
    failed.length > 0 ? withValues(NOT_REMOVED, { count: failed.length, list: named(failed) }) : '',
    roomId == null ? '' : withValues(MOVED, { roomId }),
  ].reduce<Text>(sentences, '');
}

/** Why the task failed, with what to do about the failures that are known. */
function whyOf(serverReason: string | null): Text {
  if (serverReason === null) return FAILED_SOMEHOW;
  const reason = withValues(FAILED, { error: serverReason });
  // S#19822
  if (/foreign key/i.test(serverReason)) return sentences(KNOWN, reason);
  return serverReason.includes('Users are still joined') ? sentences(STILL_IN, reason) : reason;
}

export function taskState(found: DeletionStatus | null): TaskState {
  if (found === null) return { status: 'lost' };
  const { status, done, error } = found;
  if (status === 'complete') return { status: 'done', told: toldOf(done) };
  if (status === 'failed') return { status: 'failed', reason: sentences(toldOf(done), whyOf(error)) };
  return status === 'cancelled' ? { status: 'failed', reason: CANCELLED } : { status: 'running' };
}

export const ofDeletion = {
  entity: 'room',
  group: 'upkeep',
  danger: true,
  guard: ({ version }: Server) => lacks(version, 'room-delete'),
  look: (roomId: string, server: Server): Ask<Present> => lookAtPresent(roomId, server),
  // A new room would be made twice.
  repeatable: false,
  // The homeserver works on a few tasks at a time, and long on each.
  policy: { concurrency: 3, start: 1 },
  remark: presentWords,
  weigh: weighRoom,
  tasks: (roomId: string, server: Server) => lookAtDeletions(roomId, server),
  task(roomId: string, deleteId: string, server: Server): Ask<TaskState> {
    const one = lookAtDeletion(roomId, deleteId, server);
    return { ...one, read: (body, status) => taskState(one.read(body, status)) };
  },
  script: {
    never: /*i18n*/ {
      id: 'room.delete.script',
      message: 'Not available as a script: once interrupted, it could not follow the homeserver’s tasks.',
    },
  },
} as const;
