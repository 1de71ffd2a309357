import type { Field, Form, Server } from '~/actions/action';
import { definePlaybook, type Found, type ReadStep, type Step, type StepBy } from '~/actions/playbook';
import { deleteMedia } from '~/actions/media/delete';
import { deactivate } from '~/actions/user/deactivate';
import { lock } from '~/actions/user/lock';
import { quarantineMediaOf } from '~/actions/user/quarantine-media';
import { redact } from '~/actions/user/redact';
import { lookAtJoinedRooms } from '~/api/user-asks';
import { commaList, sentences, withValues, type Text } from '~/lib/text';
import { filesOf, isWrittenIn, roomsOf, writtenIn } from './left';

/** Cleans up after accounts that were made to send spam. */

export type SpamInput = {
  readonly lock: boolean;
  readonly redact: boolean;
  /** Everyone in the rooms can read it. */
  readonly reason: string;
  readonly media: 'delete' | 'quarantine' | 'keep';
  readonly deactivate: boolean;
  readonly erase: boolean;
};

/** Noted by the step `rooms`. */
type Rooms = { readonly rooms: readonly string[]; readonly written: readonly string[] };
const roomsIn = ({ noted }: StepBy<SpamInput>): Rooms =>
  (noted['rooms'] as Rooms | undefined) ?? { rooms: [], written: [] };

const ROOMS = /*i18n*/ {
  id: 'playbook.rooms.noted',
  message:
    '{count, plural, =0 {The account is or was in no room.} one {The account is or was in # room} other {The account is or was in # rooms}}{written, plural, =0 {} one {, and wrote in # of them.} other {, and wrote in # of them.}}',
} as const;
const NOTHING_WRITTEN = /*i18n*/ { id: 'playbook.nothing-written', message: 'There are no messages to redact.' };
const NO_FILES = /*i18n*/ { id: 'playbook.no-files', message: 'There are no files.' };
const ALL_QUARANTINED = /*i18n*/ { id: 'playbook.all-quarantined', message: 'All files are quarantined or protected.' };

const noteRooms: ReadStep<SpamInput> = {
  key: 'rooms',
  label: /*i18n*/ { id: 'playbook.rooms.label', message: 'Note rooms' },
  about: /*i18n*/ {
    id: 'playbook.rooms.about',
    message: 'Glia notes in which rooms each account is or was, and where it wrote something: later nobody could tell.',
  },
  async read({ target: { id }, look, server }): Promise<Found> {
    const rooms = await roomsOf(id, look, server);
    const written: string[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one look after the other, as everything of an item
    for (const roomId of rooms) if (await isWrittenIn(roomId, id, look)) written.push(roomId);
    return { reason: withValues(ROOMS, { count: rooms.length, written: written.length }), noted: { rooms, written } };
  },
};

/** Synapse leaves the rooms one after the other. Ms between two looks. */
const LOOKS_AFTER = [0, 1000, 2000, 4000, 8000, 15_000, 30_000];
/** So many events are named in the report. */
const NAMED = 500;

const LEFT_MESSAGES = /*i18n*/ {
  id: 'playbook.check.messages',
  message: '{count, plural, one {# message is left: {list}.} other {# messages are left: {list}.}}',
} as const;
const LEFT_ROOMS = /*i18n*/ {
  id: 'playbook.check.rooms',
  message:
    '{count, plural, one {The account is still in # room. Synapse may still be removing it: retry later.} other {The account is still in # rooms. Synapse may still be removing it: retry later.}}',
} as const;
const LEFT_FILES = /*i18n*/ {
  id: 'playbook.check.files',
  message: '{count, plural, one {# file is left.} other {# files are left.}}',
} as const;
const CHECKED = /*i18n*/ {
  id: 'playbook.check.messages-gone',
  message:
    '{count, plural, =0 {No message is left.} one {No message is left: # is redacted.} other {No message is left: # are redacted.}}',
} as const;
const NO_FILE_LEFT = /*i18n*/ { id: 'playbook.check.no-file', message: 'No file is left.' };
const IN_NO_ROOM = /*i18n*/ { id: 'playbook.check.no-room', message: 'The account is in no room.' };
const EVENT = /*i18n*/ { id: 'playbook.check.event', message: '{eventId}' } as const;

/** Whether nothing is left of what was to go. */
const check: ReadStep<SpamInput> = {
  key: 'check',
  label: /*i18n*/ { id: 'playbook.check.label', message: 'Check' },
  about: /*i18n*/ {
    id: 'playbook.check.about',
    message:
      'Glia reads what is left of each account. If anything is, the account is reported as failed, with the event IDs.',
  },
  async read(by): Promise<Found> {
    const { input, target, look, server, wait } = by;
    const good: Text[] = [];
    const left: Text[] = [];
    const events: [room: string, event: string, state: 'redacted' | 'left'][] = [];
    if (input.redact) {
      let redacted = 0;
      const still: string[] = [];
      for (const roomId of roomsIn(by).rooms) {
        for await (const { id, isRedacted } of writtenIn(roomId, target.id, look)) {
          if (isRedacted) redacted += 1;
          else still.push(id);
          if (events.length < NAMED || !isRedacted) events.push([roomId, id, isRedacted ? 'redacted' : 'left']);
        }
      }
      const list = commaList(still.slice(0, 5).map((eventId) => withValues(EVENT, { eventId })));
      if (still.length > 0) left.push(withValues(LEFT_MESSAGES, { count: still.length, list }));
      else good.push(withValues(CHECKED, { count: redacted }));
    }
    if (input.media === 'delete') {
      const count = (await filesOf(target.id, look, server)).length;
      if (count > 0) left.push(withValues(LEFT_FILES, { count }));
      else good.push(NO_FILE_LEFT);
    }
    if (input.deactivate) {
      let count = 0;
      for (const ms of LOOKS_AFTER) {
        // oxlint-disable-next-line no-await-in-loop -- one look after the other
        await wait(ms);
        // oxlint-disable-next-line no-await-in-loop -- as above
        count = (await look(lookAtJoinedRooms(target.id))).joined_rooms.length;
        if (count === 0) break;
      }
      if (count > 0) left.push(withValues(LEFT_ROOMS, { count }));
      else good.push(IN_NO_ROOM);
    }
    return {
      ...(left.length > 0 && { status: 'failed' as const }),
      reason: [...left, ...good].reduce<Text>(sentences, ''),
      noted: { events },
    };
  },
};

const lockIt: Step<SpamInput> = { key: 'lock', label: lock.label, action: lock, orElse: 'leave-out' };

const redactAll: Step<SpamInput> = {
  key: 'redact',
  label: redact.label,
  action: redact,
  input: (by) => ({
    rooms: roomsIn(by).written,
    after: null,
    before: null,
    limit: 100_000,
    reason: by.input.reason,
    use_admin: false,
  }),
  targets: (by) => (roomsIn(by).written.length === 0 ? NOTHING_WRITTEN : [by.target.id]),
};

const deleteFiles: Step<SpamInput> = {
  key: 'media',
  label: /*i18n*/ { id: 'playbook.delete-files', message: 'Delete files' },
  action: deleteMedia,
  orElse: 'leave-out',
  async targets({ target, look, server }) {
    const files = await filesOf(target.id, look, server);
    return files.length === 0 ? NO_FILES : files.map(({ mxc }) => mxc);
  },
};

const quarantineFiles: Step<SpamInput> = {
  key: 'media',
  label: quarantineMediaOf.label,
  action: quarantineMediaOf,
  async targets({ target, look, server }) {
    const files = await filesOf(target.id, look, server);
    if (files.length === 0) return NO_FILES;
    return files.every(({ isQuarantined, isProtected }) => isQuarantined || isProtected)
      ? ALL_QUARANTINED
      : [target.id];
  },
};

const close: Step<SpamInput> = {
  key: 'deactivate',
  label: deactivate.label,
  action: deactivate,
  input: ({ input: { erase } }) => ({ erase }),
};

const KEEP = /*i18n*/ { id: 'playbook.spam.keep', message: 'Leave as they are' };

/** What the admin chooses. What the homeserver can’t do is not offered; `unavailable` says why. */
export function spamForm(server: Server): Form<SpamInput> {
  const [canLock, canRedact, canClose] = [lock, redact, deactivate].map(
    (one) => (one.guard?.(server) ?? null) === null,
  );
  return {
    fields: [
      ...(canLock ? [LOCK_FIELD] : []),
      ...(canRedact ? REDACT_FIELDS : []),
      MEDIA_FIELD,
      ...(canClose ? [CLOSE_FIELD] : []),
    ],
    initial: {
      lock: canLock === true,
      redact: canRedact === true,
      reason: '',
      media: 'delete',
      account: canClose ? 'deactivate' : 'keep',
    },
    read({ lock: locks, redact: redacts, reason, media, account }) {
      const input: SpamInput = {
        lock: locks === true,
        redact: redacts === true,
        reason: String(reason ?? '').trim(),
        media: media === 'quarantine' || media === 'keep' ? media : 'delete',
        deactivate: account === 'deactivate' || account === 'erase',
        erase: account === 'erase',
      };
      const isNothing = !input.lock && !input.redact && input.media === 'keep' && !input.deactivate;
      return isNothing ? { problems: { media: NO_STEP } } : { input };
    },
  };
}

/** The steps that this homeserver can’t do, each with the reason. */
export const unavailable = (server: Server): readonly Text[] =>
  [lock, redact, deactivate].flatMap((one) => {
    const why = one.guard?.(server) ?? null;
    return why === null ? [] : [withValues(UNAVAILABLE, { step: one.label, reason: why })];
  });

const UNAVAILABLE = /*i18n*/ { id: 'playbook.unavailable', message: '{step}: {reason}' } as const;
const NO_STEP = /*i18n*/ { id: 'playbook.spam.no-step', message: 'Choose at least one step.' };

const LOCK_FIELD: Field = {
  name: 'lock',
  kind: 'switch',
  label: /*i18n*/ { id: 'playbook.spam.lock', message: 'Lock the accounts first' },
  help: /*i18n*/ {
    id: 'playbook.spam.lock-help',
    message:
      'They can’t send anything while the job runs. Don’t suspend them: Synapse can’t redact for suspended users in older rooms.',
  },
};
const REDACT_FIELDS: readonly Field[] = [
  {
    name: 'redact',
    kind: 'switch',
    label: /*i18n*/ { id: 'playbook.spam.redact', message: 'Redact all their messages' },
    help: /*i18n*/ {
      id: 'playbook.spam.redact-help',
      message:
        'In all rooms that they are or were in. Glia waits for Synapse to finish and reads which messages it could not redact.',
    },
  },
  {
    name: 'reason',
    kind: 'text',
    label: /*i18n*/ { id: 'playbook.spam.reason', message: 'Reason for the redactions' },
    help: /*i18n*/ { id: 'user.redact.reason-help', message: 'Everyone in the rooms can read it.' },
  },
];
const MEDIA_FIELD: Field = {
  name: 'media',
  kind: 'choice',
  label: /*i18n*/ { id: 'playbook.spam.media', message: 'Their files' },
  options: [
    { value: 'delete', label: /*i18n*/ { id: 'playbook.spam.media-delete', message: 'Delete' } },
    { value: 'quarantine', label: /*i18n*/ { id: 'playbook.spam.media-quarantine', message: 'Quarantine' } },
    { value: 'keep', label: KEEP },
  ],
};
const CLOSE_FIELD: Field = {
  name: 'account',
  kind: 'choice',
  label: /*i18n*/ { id: 'playbook.spam.account', message: 'The accounts, last' },
  options: [
    { value: 'deactivate', label: /*i18n*/ { id: 'playbook.spam.deactivate', message: 'Deactivate' } },
    { value: 'erase', label: /*i18n*/ { id: 'playbook.spam.erase', message: 'Deactivate and erase' } },
    { value: 'keep', label: KEEP },
  ],
};

export const spamWave = definePlaybook<SpamInput>({
  kind: 'playbook.spam-wave',
  entity: 'user',
  phrase: {
    one: /*i18n*/ { id: 'playbook.spam-wave.one', message: 'Clean up after {id}' },
    many: /*i18n*/ {
      id: 'playbook.spam-wave.many',
      message: 'Clean up after {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  labels: {
    ...Object.fromEntries([lockIt, noteRooms, redactAll, close, check].map(({ key, label }) => [key, label])),
    media: /*i18n*/ { id: 'playbook.files', message: 'Files' },
  },
  steps: (input) => [
    ...(input.lock ? [lockIt] : []),
    ...(input.redact ? [noteRooms, redactAll] : []),
    ...(input.media === 'delete' ? [deleteFiles] : input.media === 'quarantine' ? [quarantineFiles] : []),
    ...(input.deactivate ? [close] : []),
    check,
  ],
  // The homeserver works long on each, and on five tasks at most.
  policy: { concurrency: 2, start: 1 },
});
