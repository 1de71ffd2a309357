import type { Server } from '~/actions/action';
import type { Field, Form } from '~/actions/form';
import { definePlaybook, type Found, type ReadStep, type Step, type StepBy } from '~/actions/playbook';
import { deleteMedia } from '~/actions/media/delete';
import { deactivate } from '~/actions/user/deactivate';
import { lock } from '~/actions/user/lock';
import { quarantineMediaOf } from '~/actions/user/quarantine-media';
import { redact } from '~/actions/user/redact';
import { commaList, withValues, type Text } from '~/lib/text';
import { filesOf, isWrittenIn, namesLeftRooms, roomsOf, writtenIn } from './left';
import { checkFiles, checkRooms, Findings, type CheckNote } from './left-over';

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
type Rooms = {
  readonly rooms: readonly string[];
  readonly written: readonly string[];
  /** False: rooms that the account has left are not among them. */
  readonly areAll?: boolean;
};
const roomsIn = ({ noted }: StepBy<SpamInput>): Rooms =>
  (noted['rooms'] as Rooms | undefined) ?? { rooms: [], written: [] };

const ROOMS = /*i18n*/ {
  id: 'playbook.rooms.noted',
  message:
    '{count, plural, =0 {The account is or was in no room.} one {The account is or was in # room} other {The account is or was in # rooms}}{written, plural, =0 {} one {, and wrote in # of them.} other {, and wrote in # of them.}}',
} as const;
const ROOMS_JOINED = /*i18n*/ {
  id: 'playbook.rooms.joined',
  message:
    '{count, plural, =0 {The account is in no room.} one {The account is in # room} other {The account is in # rooms}}{written, plural, =0 {} one {, and wrote in # of them.} other {, and wrote in # of them.}} Rooms that it has left are not known: only Synapse 1.145 and newer names them.',
} as const;
const NOTHING_WRITTEN = /*i18n*/ { id: 'playbook.nothing-written', message: 'There are no messages to redact.' };
const NO_FILES = /*i18n*/ { id: 'playbook.no-files', message: 'There are no files.' };
const ALL_QUARANTINED = /*i18n*/ { id: 'playbook.all-quarantined', message: 'All files are quarantined or protected.' };

const noteRooms: ReadStep<SpamInput> = {
  key: 'rooms',
  label: /*i18n*/ { id: 'playbook.rooms.label', message: 'Note rooms' },
  about: /*i18n*/ {
    id: 'playbook.rooms.about-cost',
    message:
      'Glia notes in which rooms each account is or was, and where it wrote something: later nobody could tell. This takes at least one request for each room of each account.',
  },
  async read({ target: { id }, look, server }): Promise<Found> {
    const rooms = await roomsOf(id, look, server);
    const written: string[] = [];
    // oxlint-disable-next-line no-await-in-loop -- one look after the other, as everything of an item
    for (const roomId of rooms) if (await isWrittenIn(roomId, id, look)) written.push(roomId);
    const areAll = namesLeftRooms(server);
    const counts = { count: rooms.length, written: written.length };
    return { reason: withValues(areAll ? ROOMS : ROOMS_JOINED, counts), noted: { rooms, written, areAll } };
  },
};

/** So many events are named in the report. */
const NAMED = 500;

const LEFT_MESSAGES = /*i18n*/ {
  id: 'playbook.check.messages',
  message: '{count, plural, one {# message is left: {list}.} other {# messages are left: {list}.}}',
} as const;
const CHECKED = /*i18n*/ {
  id: 'playbook.check.messages-gone',
  message:
    '{count, plural, =0 {No message is left.} one {No message is left: # is redacted.} other {No message is left: # are redacted.}}',
} as const;
const NOT_KNOWN = /*i18n*/ {
  id: 'playbook.check.not-known',
  message:
    'Messages may be left in rooms that the account had left before: Glia can’t look there, because only Synapse 1.145 and newer names those rooms. To be sure, run this again after an upgrade of Synapse, or redact what the account wrote in the rooms that you know of.',
};
/** What the step `check` notes. `events` names some of them. */
type Checked = CheckNote & {
  readonly events: readonly (readonly [room: string, event: string, state: 'redacted' | 'left'])[];
  readonly redacted: number;
  readonly left: number;
  /** The rooms in which messages are left. */
  readonly leftIn: readonly string[];
};
const EVENT = /*i18n*/ { id: 'playbook.check.event', message: '{eventId}' } as const;

/** Whether nothing is left of what was to go. */
const check: ReadStep<SpamInput> = {
  key: 'check',
  label: /*i18n*/ { id: 'playbook.check.label', message: 'Check' },
  about: /*i18n*/ {
    id: 'playbook.check.about-cost',
    message:
      'Glia reads what is left of each account, again with at least one request for each of its rooms. If anything is, the account is reported as failed, with the first 500 event IDs.',
  },
  async read(by): Promise<Found> {
    const { input } = by;
    const findings = new Findings();
    const noted = input.redact ? await checkMessages(by, findings) : { events: [] };
    if (input.media === 'delete') await checkFiles(by, findings);
    if (input.deactivate) await checkRooms(by, findings);
    return findings.found(noted);
  },
};

async function checkMessages(by: StepBy<SpamInput>, findings: Findings): Promise<Omit<Checked, 'open'>> {
  const { target, look, server } = by;
  const events: [room: string, event: string, state: 'redacted' | 'left'][] = [];
  const kept = { redacted: 0, left: 0 };
  const first: string[] = [];
  const leftIn = new Set<string>();
  for (const roomId of roomsIn(by).rooms) {
    for await (const { id, isRedacted } of writtenIn(roomId, target.id, look)) {
      const state = isRedacted ? 'redacted' : 'left';
      kept[state] += 1;
      if (!isRedacted) leftIn.add(roomId);
      if (!isRedacted && first.length < 5) first.push(id);
      // So many of each: what is left is not pushed out by what is gone.
      if (kept[state] <= NAMED) events.push([roomId, id, state]);
    }
  }
  const list = commaList(first.map((eventId) => withValues(EVENT, { eventId })));
  if (kept.left > 0) findings.left('redact', withValues(LEFT_MESSAGES, { count: kept.left, list }));
  if (!namesLeftRooms(server) || roomsIn(by).areAll === false) findings.spared('redact', NOT_KNOWN);
  else if (kept.left === 0) findings.good(withValues(CHECKED, { count: kept.redacted }));
  return { events, ...kept, leftIn: [...leftIn] };
}

const lockIt: Step<SpamInput> = { key: 'lock', label: lock.label, action: lock, orElse: 'leave-out' };

/** Where there is something to redact: as it was noted, and as a check found since. */
const toRedact = (by: StepBy<SpamInput>): readonly string[] => [
  ...new Set([...roomsIn(by).written, ...((by.noted['check'] as Partial<Checked> | undefined)?.leftIn ?? [])]),
];

const redactAll: Step<SpamInput> = {
  key: 'redact',
  label: redact.label,
  action: redact,
  input: (by) => ({
    rooms: toRedact(by),
    after: null,
    before: null,
    limit: 100_000,
    reason: by.input.reason,
    use_admin: false,
  }),
  targets: (by) => (toRedact(by).length === 0 ? NOTHING_WRITTEN : [by.target.id]),
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
      id: 'playbook.spam.redact-where',
      message:
        'In all rooms that they are or were in, as far as Synapse names them (rooms that they have left: 1.145 and newer). Glia waits for Synapse to finish and reads which messages it could not redact.',
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
