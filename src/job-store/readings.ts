import type { Owner, Session } from '~/data/session';
import { pageEnvironment } from '~/jobs/environment';
import type { JobSnapshot } from '~/jobs/job';
import { endEntry, keptEntries } from '~/jobs/journal';
import { TextWriter } from '~/jobs/kept-texts';
import { newId } from '~/jobs/new-id';
import { withValues, type Message, type Text } from '~/lib/text';
import { storageReason, writeEntries, writePlan, type KeptJob } from './journal-db';
import { ownerOf } from './jobs';
import { tellTabs } from './job-channel';
import { noteKept } from './kept-jobs';
import { holdRunner, releaseRunner } from './runner-lock';

/**
 * Readings that Activity lists beside the changes: what an admin opened of other people. Each is kept as a job that is over, with
 * one item, so that lists, exports, the pages of users and rooms, and deleting know it without a word of their own.
 */

const TITLES = {
  'read.messages': /*i18n*/ { id: 'read.messages', message: 'Read messages in {id}' },
  'read.messages-by': /*i18n*/ { id: 'read.messages-by', message: 'Read messages of {id}' },
  'read.file': /*i18n*/ { id: 'read.file', message: 'Opened the file {id}' },
  'read.files': /*i18n*/ { id: 'read.files', message: 'Downloaded the files of {id}' },
  'read.user-data': /*i18n*/ { id: 'read.user-data', message: 'Read the personal data of {id}' },
} as const satisfies Readonly<Record<string, Message>>;

const SENT = /*i18n*/ { id: 'console.sent', message: 'Sent from the console: {request}' } as const;

/** `read.messages` is of a room, `read.messages-by`, `read.files` and `read.user-data` are of a user, `read.file` is of an mxc. */
export type ReadingKind = keyof typeof TITLES;

/** Who turns pages for an hour reads once. */
const ONE_READING_MS = 3_600_000;
const readAt = new Map<string, number>();

/**
 * Lists in Activity that the admin opened something of other people. Call it when they ask for it, each time: within an hour the
 * same again in this tab is one reading. Sends nothing, never throws, and nothing has to wait for it.
 * @param id the ID of the room, the user or the file
 */
export function recordReading(kind: ReadingKind, id: string, session: Session): void {
  const owner = ownerOf(session);
  const now = pageEnvironment.now();
  const key = JSON.stringify([kind, id, owner.baseUrl, owner.userId]);
  if (now - (readAt.get(key) ?? Number.NEGATIVE_INFINITY) < ONE_READING_MS) return;
  readAt.set(key, now);
  void keep(snapshotOf(kind, id, owner, now), id);
}

/** `skipped`: it was not sent after all. */
export type SentOutcome = 'done' | 'failed' | 'unknown' | 'skipped';

const NOT_ANSWERED = /*i18n*/ {
  id: 'console.no-answer-yet',
  message:
    'Glia wrote this just before it sent the request. No answer is recorded, so check whether it was carried out.',
};
const ENDED = {
  done: '',
  failed: '',
  unknown: /*i18n*/ {
    id: 'console.no-answer',
    message: 'The homeserver didn’t answer, so check whether it was carried out.',
  },
  skipped: /*i18n*/ { id: 'console.not-sent', message: 'It was not sent.' },
} as const satisfies Readonly<Record<SentOutcome, Text>>;

/** A disk that does not answer keeps nobody from sending for longer than this. */
const WRITTEN_WITHIN_MS = 3000;

const NO_COUNTS = { waiting: 0, running: 0, done: 0, skipped: 0, failed: 0, unknown: 0 } as const;
const countsOf = (outcome: SentOutcome) => ({ ...NO_COUNTS, [outcome]: 1 });

export interface SentRecord {
  /** When it is on the disk, or can't be kept there: whoever sends waits for it. */
  readonly written: Promise<void>;
  /** To call when it is known how it ended. */
  end(outcome: SentOutcome): void;
}

/**
 * Lists in Activity that the admin sends something from the console that may change something. To call before it is sent: where the
 * page ends before an answer comes, the record is there, and says that none is known. Each is an entry of its own.
 * @param target whom or what it is about: an ID in its path, or the path
 * @param request method and path, without what is secret
 */
export function recordSent({ target, request }: { target: string; request: string }, session: Session): SentRecord {
  const now = pageEnvironment.now();
  const title = withValues(SENT, { request });
  const first = overSnapshot(
    { kind: 'console.sent', title, owner: ownerOf(session), counts: countsOf('unknown') },
    now,
  );
  const isKept = keep(first, target, 'unknown', NOT_ANSWERED);
  return {
    written: Promise.race([isKept, new Promise<void>((go) => setTimeout(go, WRITTEN_WITHIN_MS))]),
    end(ended) {
      const snapshot = { ...first, counts: countsOf(ended), endedAt: pageEnvironment.now(), version: 1 };
      // In the place of the first.
      void isKept.then(() => keep(snapshot, target, ended, ENDED[ended]));
    },
  };
}

async function keep(
  snapshot: JobSnapshot,
  target: string,
  outcome: SentOutcome = 'done',
  reason: Text = '',
): Promise<void> {
  const { id, startedAt } = snapshot;
  let kept: KeptJob = { id, snapshot, size: 0 };
  try {
    // Where tabs can’t agree on who has a job, nothing is saved, and this tab alone lists it.
    await holdRunner(id);
    const entries = [endEntry(0, outcome, reason, 1, startedAt ?? 0, undefined)];
    const log = JSON.stringify(keptEntries(entries, new TextWriter()));
    const size = log.length + (await writePlan(id, null, 1, () => target));
    kept = { id, snapshot: { ...snapshot, kept: { ok: true } }, size };
    await writeEntries(kept, 0, log);
  } catch (error) {
    kept = { id, snapshot: { ...snapshot, kept: { ok: false, reason: storageReason(error) } }, size: 0 };
  }
  releaseRunner(id);
  noteKept(kept);
  if (kept.snapshot.kept?.ok) tellTabs({ type: 'wrote', id });
}

const snapshotOf = (kind: ReadingKind, target: string, owner: Owner, now: number): JobSnapshot => {
  const title = withValues(TITLES[kind], { id: target });
  return overSnapshot({ kind, title, owner, counts: countsOf('done') }, now);
};

/** Of what is over at once. */
const overSnapshot = (one: Pick<JobSnapshot, 'kind' | 'title' | 'owner' | 'counts'>, now: number): JobSnapshot => ({
  ...one,
  id: newId(now),
  state: { phase: 'finished' },
  total: 1,
  startedAt: now,
  endedAt: now,
  ratePerSecond: null,
  remainingMs: null,
  waitingUntil: null,
  concurrency: 1,
  canVerify: false,
  scan: false,
  version: 0,
});
