import { HomeserverError } from '~/api/errors';
import { downloadFile, USER_DATA, type DataPart, type UserData } from '~/api/user-data';
import type { Session } from '~/data/session';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { recordReading } from '~/job-store/readings';
import type { Job, Outcome } from '~/jobs/job';
import { formatBytes } from '~/lib/bytes';
import { withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import { wordsOfError } from '~/lib/words';
import {
  fileOfPart,
  type Archive,
  type Choice,
  type FileResult,
  type FileRow,
  type PartResult,
  type Saved,
} from './archive';
import { filesIn } from './files';
import { manifestOf } from './manifest';
import { readmeOf } from './readme';
import { openZip, type Target, type Zip } from './zip';

/** Reads what was chosen and writes it into a ZIP. Nothing is changed on the homeserver. */

export type Stage = 'data' | 'files';

const READ_DATA = /*i18n*/ { id: 'data-request.read-data', message: 'Read the data of a user' };
const READ_FILES = /*i18n*/ { id: 'data-request.read-files', message: 'Read the files of a user' };
const NOT_ASKED = /*i18n*/ { id: 'data-request.not-asked', message: 'It was not asked for.' };
const NO_ROOM = /*i18n*/ {
  id: 'data-request.no-room',
  message: 'It no longer fits: this browser can hold an archive of {limit} at most.',
} as const;

export interface Wish {
  readonly session: Session;
  readonly userId: string;
  readonly choice: Choice;
  readonly fileName: string;
  readonly target: Target;
}

export const ALL_PARTS = Object.keys(USER_DATA) as readonly DataPart[];

/** The list of files is read with the files themselves. */
export const isWanted = (id: DataPart, { without, files }: Choice): boolean =>
  !without.includes(id) || (files && id === 'media');

interface Read {
  readonly value: UserData;
  readonly at: number;
}

export function beginArchive(wish: Wish, making: Making<Saved>): void {
  const { session, userId, choice } = wish;
  const owner = ownerOf(session);
  const startedAt = Date.now();
  recordReading('read.user-data', userId, session);
  if (choice.files) recordReading('read.files', userId, session);
  const found = new Map<DataPart, Read>();
  const job = startScan<DataPart>({
    kind: 'scan',
    title: READ_DATA,
    owner,
    items: ALL_PARTS.filter((id) => isWanted(id, choice)),
    describe: (id) => ({ id: fileOfPart(id), columns: {} }),
    async run(id, { signal }): Promise<Outcome> {
      try {
        const value = await USER_DATA[id](homeserverFor(owner), userId, signal);
        found.set(id, { value, at: Date.now() });
        return { status: 'done' };
      } catch (error) {
        // Reading it again would find the same.
        if (error instanceof HomeserverError && (error.endpointAbsent || error.notFound)) {
          return { status: 'skipped', reason: textOfError(error) };
        }
        throw error;
      }
    },
    classify: classifyHomeserverError,
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
    policy: { concurrency: 4, failureThreshold: 1 },
  });
  making.read(job, 'data' satisfies Stage, () => {
    void write(wish, making, { startedAt, found, parts: partsOf(choice, job, found) }).catch((error: unknown) => {
      if (!making.signal.aborted) making.fail(wordsOfError(error));
    });
  });
}

function partsOf(choice: Choice, job: Job, found: ReadonlyMap<DataPart, Read>): PartResult[] {
  const reasons = new Map(
    job.indexes(['skipped', 'failed', 'unknown']).map((at) => [job.row(at).id, job.row(at).reason]),
  );
  return ALL_PARTS.map((id): PartResult => {
    const read = found.get(id);
    if (read) {
      const { count, lacks } = read.value;
      return { id, state: lacks === undefined ? 'read' : 'partly', count, reason: lacks ?? '', readAt: read.at };
    }
    const isLeftOut = !isWanted(id, choice);
    const reason: Text = isLeftOut ? NOT_ASKED : (reasons.get(fileOfPart(id)) ?? '');
    return { id, state: isLeftOut ? 'left-out' : 'not-read', count: null, reason, readAt: null };
  });
}

interface DataRead {
  readonly startedAt: number;
  readonly found: ReadonlyMap<DataPart, Read>;
  readonly parts: readonly PartResult[];
}

async function write(wish: Wish, making: Making<Saved>, data: DataRead): Promise<void> {
  const { choice, session, target } = wish;
  const zip = await openZip(target);
  if (making.signal.aborted) return zip.drop();
  making.signal.addEventListener('abort', zip.drop, { once: true });
  for (const id of ALL_PARTS) {
    const read = data.found.get(id);
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as the archive takes them
    if (read)
      await zip.add({ name: fileOfPart(id), input: `${JSON.stringify(read.value.data, null, 2)}\n`, at: read.at });
  }
  const media = data.found.get('media')?.value.data;
  if (!choice.files) return finish(wish, making, { zip, data, files: null });
  const rows = filesIn(media, session.serverName);
  readFiles(wish, making, { zip, rows, next: (files) => finish(wish, making, { zip, data, files }) });
}

interface FilesRead {
  readonly zip: Zip;
  readonly rows: readonly FileRow[];
  next(files: readonly FileResult[]): Promise<void>;
}

function readFiles({ session, target }: Wish, making: Making<Saved>, { zip, rows, next }: FilesRead): void {
  const owner = ownerOf(session);
  const { serverName } = session;
  const kept = new Map<string, number>();
  let used = 0;
  const job = startScan<FileRow>({
    kind: 'scan',
    title: READ_FILES,
    owner,
    items: rows.filter(({ refused }) => refused === null),
    describe: ({ path, mxc }) => ({ id: path, columns: { File: mxc } }),
    async run({ mediaId, path, type, size, uploadedAt }, { signal }): Promise<Outcome> {
      const limit = target.limit;
      const isFull = (more: number) => limit !== null && used + more > limit;
      const full: Outcome = { status: 'skipped', reason: withValues(NO_ROOM, { limit: formatBytes(limit ?? 0) }) };
      if (isFull(size ?? 0)) return full;
      const file = await downloadFile(homeserverFor(owner), { serverName, mediaId, type, size }, signal);
      if (isFull(file.size)) return full;
      used += file.size;
      await zip.add({ name: path, input: file, at: uploadedAt });
      kept.set(path, file.size);
      return { status: 'done' };
    },
    classify: classifyHomeserverError,
    verify: () => Promise.resolve({ status: 'not-done' }),
    repeatable: true,
    // A few at a time: each is in memory until the archive has taken it.
    policy: { concurrency: 3, failureThreshold: 1 },
  });
  const giveUp = (error: unknown) => {
    job.stop();
    if (!making.signal.aborted) making.fail(wordsOfError(error));
  };
  zip.written.catch(giveUp);
  making.read(job, 'files' satisfies Stage, () => {
    const reasons = new Map(
      job.indexes(['skipped', 'failed', 'unknown']).map((at) => [job.row(at).id, job.row(at).reason]),
    );
    const files = rows.map((row): FileResult => ({
      ...row,
      bytes: kept.get(row.path) ?? null,
      reason: row.refused ?? reasons.get(row.path) ?? '',
    }));
    next(files).catch(giveUp);
  });
}

interface Ready {
  readonly zip: Zip;
  readonly data: DataRead;
  readonly files: readonly FileResult[] | null;
}

async function finish(wish: Wish, making: Making<Saved>, { zip, data, files }: Ready): Promise<void> {
  const { session, userId, fileName } = wish;
  const archive: Archive = {
    userId,
    baseUrl: session.homeserver.baseUrl,
    version: session.version,
    mas: session.mas,
    readBy: session.userId,
    startedAt: data.startedAt,
    endedAt: Date.now(),
    parts: data.parts,
    files,
  };
  // Last, when it is known what is in it.
  await zip.add({ name: 'manifest.json', input: manifestOf(archive), at: null });
  await zip.add({ name: 'README.md', input: readmeOf(archive), at: null });
  const bytes = await zip.end();
  making.signal.removeEventListener('abort', zip.drop);
  making.finish({ ...archive, fileName, bytes });
}
