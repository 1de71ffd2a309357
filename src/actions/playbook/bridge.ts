import type { Entered, Field, Form } from '~/actions/form';
import { definePlaybook, type Found, type ReadStep, type Step, type StepBy } from '~/actions/playbook';
import { deleteMedia } from '~/actions/media/delete';
import { deleteRoom } from '~/actions/room/delete';
import { deactivate } from '~/actions/user/deactivate';
import { noneWhereNotFound } from '~/api/errors';
import { lookAtMembers } from '~/api/left-asks';
import { withValues, type Text } from '~/lib/text';
import { filesOf } from './left';
import { checkFiles, checkRooms, Findings } from './left-over';

/** Takes a bridge down: what its ghosts uploaded, the rooms that only it is in, the ghosts. */

export type BridgeInput = {
  /** Stays. Empty: there is none. */
  readonly bot: string;
  readonly media: boolean;
  readonly rooms: boolean;
  readonly block: boolean;
  readonly deactivate: boolean;
};

/** The portal rooms that an item takes along: each is one ghost's. */
export type BridgeNote = {
  readonly rooms: readonly {
    readonly id: string;
    /** The one person in it, if there is one. */
    readonly human: string | null;
    /** Who was in it when the plan was made: the ghosts of the plan, the bot, this person. Missing: an earlier Glia made the plan. */
    readonly members?: readonly string[];
  }[];
};

const portalsOf = ({ target: { note } }: StepBy<BridgeInput>): BridgeNote['rooms'] =>
  (note as BridgeNote | undefined)?.rooms ?? [];

const NO_FILES = /*i18n*/ { id: 'playbook.no-files', message: 'There are no files.' };
const NO_PORTALS = /*i18n*/ {
  id: 'playbook.bridge.no-portals',
  message: 'No room of the bridge is to be deleted with this account.',
};
const JOINED_SINCE = /*i18n*/ {
  id: 'playbook.bridge.joined-a-room',
  message: 'Someone joined {roomId} since the plan was made, so this room was not deleted.',
} as const;

/** Who is in a room. @returns null where the room is gone */
export const membersOf = (roomId: string, look: StepBy['look']): Promise<readonly string[] | null> =>
  look(lookAtMembers(roomId)).catch(noneWhereNotFound);

/** Why a room is no portal any more; null where nobody is in it but who was in it when the plan was made. */
async function joinedSince(
  { id, human, members = [] }: BridgeNote['rooms'][number],
  { target, input: { bot }, look }: StepBy<BridgeInput>,
): Promise<Text | null> {
  const known = new Set([...members, target.id, bot, human]);
  const now = await membersOf(id, look);
  return now?.some((userId) => !known.has(userId)) ? withValues(JOINED_SINCE, { roomId: id }) : null;
}

const deleteFiles: Step<BridgeInput> = {
  key: 'media',
  label: /*i18n*/ { id: 'playbook.delete-files', message: 'Delete files' },
  action: deleteMedia,
  orElse: 'leave-out',
  async targets({ target, look, server }) {
    const files = await filesOf(target.id, look, server);
    return files.length === 0 ? NO_FILES : files.map(({ mxc }) => mxc);
  },
};

/** A room that somebody joined since is no portal any more: that stops the item, before its room is gone. */
const lookAgain: ReadStep<BridgeInput> = {
  key: 'portals',
  label: /*i18n*/ { id: 'playbook.bridge.portals', message: 'Check rooms' },
  about: /*i18n*/ {
    id: 'playbook.bridge.look-again',
    message:
      'Before anything is deleted, and again just before each room is, Glia reads who is in it. Where someone joined since the plan, the account fails and that room stays.',
  },
  async read(by): Promise<Found> {
    const rooms = portalsOf(by);
    for (const room of rooms) {
      // oxlint-disable-next-line no-await-in-loop -- one look after the other, as everything of an item
      const reason = await joinedSince(room, by);
      if (reason !== null) return { status: 'failed', reason };
    }
    return { reason: withValues(STILL_PORTALS, { count: rooms.length }) };
  },
};
const STILL_PORTALS = /*i18n*/ {
  id: 'playbook.bridge.still-portals',
  message:
    '{count, plural, =0 {There are none.} one {In # room there is nobody but the bridge and at most one person.} other {In # rooms there is nobody but the bridge and at most one person.}}',
} as const;

const deletePortals: Step<BridgeInput> = {
  key: 'rooms',
  label: /*i18n*/ { id: 'playbook.bridge.rooms', message: 'Delete rooms' },
  action: deleteRoom,
  input: ({ input: { block } }) => ({ block, replacement: null, force: false }),
  targets: (by) => {
    const rooms = portalsOf(by);
    return rooms.length === 0 ? NO_PORTALS : rooms.map(({ id }) => id);
  },
  async recheck(by, id) {
    const room = portalsOf(by).find((one) => one.id === id);
    return room ? joinedSince(room, by) : null;
  },
};

const { guard: _byMas, underMas: _inMas, ...onSynapse } = deactivate;
const close: Step<BridgeInput> = {
  key: 'deactivate',
  label: deactivate.label,
  // MAS knows nothing of the accounts of application services: they are Synapse's alone.
  action: onSynapse,
  input: () => ({ erase: false }),
};

const check: ReadStep<BridgeInput> = {
  key: 'check',
  label: /*i18n*/ { id: 'playbook.check.label', message: 'Check' },
  about: /*i18n*/ {
    id: 'playbook.bridge.check-about',
    message: 'Glia reads whether files or rooms of each ghost are left.',
  },
  async read(by): Promise<Found> {
    const findings = new Findings();
    if (by.input.media) await checkFiles(by, findings);
    if (by.input.deactivate) await checkRooms(by, findings);
    return findings.found();
  },
};

const NO_STEP = /*i18n*/ { id: 'playbook.spam.no-step', message: 'Choose at least one step.' };
const FIELDS: readonly Field[] = [
  {
    name: 'media',
    kind: 'switch',
    label: /*i18n*/ { id: 'playbook.bridge.media', message: 'Delete the files that the ghosts uploaded' },
    help: /*i18n*/ {
      id: 'playbook.bridge.media-help',
      message: 'Files that the bot uploaded stay. Protected files stay too.',
    },
  },
  {
    name: 'rooms',
    kind: 'switch',
    label: /*i18n*/ { id: 'playbook.bridge.delete-rooms', message: 'Delete the rooms that only the bridge is in' },
    help: /*i18n*/ {
      id: 'playbook.bridge.delete-rooms-help',
      message: 'Rooms with nobody but ghosts, the bot and at most one person. That person is removed from the room.',
    },
  },
  {
    name: 'block',
    kind: 'switch',
    label: /*i18n*/ { id: 'room.delete.block', message: 'Block the room' },
    help: /*i18n*/ {
      id: 'room.delete.block-help',
      message: 'Nobody on this homeserver can join it again, or be invited to it.',
    },
  },
  {
    name: 'deactivate',
    kind: 'switch',
    label: /*i18n*/ { id: 'playbook.bridge.deactivate', message: 'Deactivate the ghosts' },
    help: /*i18n*/ {
      id: 'playbook.bridge.deactivate-help',
      message: 'Stop the bridge first, and remove its registration from Synapse’s configuration afterwards.',
    },
  },
];

export const bridgeForm: Form<Pick<BridgeInput, 'media' | 'rooms' | 'block' | 'deactivate'>> = {
  fields: FIELDS,
  initial: { media: true, rooms: true, block: false, deactivate: true },
  read(values: Entered) {
    const is = (name: string) => values[name] === true;
    const input = { media: is('media'), rooms: is('rooms'), block: is('block'), deactivate: is('deactivate') };
    return input.media || input.rooms || input.deactivate ? { input } : { problems: { deactivate: NO_STEP } };
  },
};

export const bridge = definePlaybook<BridgeInput>({
  kind: 'playbook.bridge',
  entity: 'user',
  phrase: {
    one: /*i18n*/ { id: 'playbook.bridge.one', message: 'Remove the ghost {id} of a bridge' },
    many: /*i18n*/ {
      id: 'playbook.bridge.many',
      message: 'Remove {count, plural, =0 {ghosts} one {# ghost} other {# ghosts}} of a bridge',
    },
  },
  labels: Object.fromEntries(
    [lookAgain, deleteFiles, deletePortals, close, check].map(({ key, label }) => [key, label]),
  ),
  steps: (input) => [
    // Before its files: where someone joined, nothing of the ghost is deleted.
    ...(input.rooms ? [lookAgain] : []),
    ...(input.media ? [deleteFiles] : []),
    ...(input.rooms ? [deletePortals] : []),
    ...(input.deactivate ? [close] : []),
    check,
  ],
  policy: { concurrency: 3, start: 1 },
});
