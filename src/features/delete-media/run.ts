import { HomeserverError } from '~/api/errors';
import { purgeRemoteMedia, sweepMedia } from '~/api/media';
import type { Homeserver } from '~/api/request';
import type { Fault, JobSpec, Json } from '~/jobs/job';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { withValues } from '~/lib/text';
import type { Deletion } from './exact';
import type { MediaFile, Rule } from './plan';
import { filesOf } from './files-of';
import { compare, DELETED, inTurn, LOOKED_AGAIN, MORE_GONE, NO_ANSWER, UNREAD, WHOSE } from './run-words';
import { sliceId, sliceName, type LocalSlice, type Slice } from './slices';

/** What a run needs: which homeserver, as whom, and how its errors are understood. */
export interface Ground {
  owner: { baseUrl: string; userId: string };
  serverName: string;
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
}

/**
 * One at a time and oldest first, since each request deletes all that is older than its own date. A request is about hundreds of
 * files, so a single failure is reason enough to pause.
 */
const ONE_BY_ONE = { concurrency: 1, canary: 1, enough: 1 };

/** How to wait for a homeserver that may still be deleting: so long between two looks. */
export interface Patience {
  wait(ms: number, signal: AbortSignal): Promise<void>;
  betweenMs: number;
}

const pagePatience: Patience = {
  betweenMs: 5000,
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason instanceof Error ? signal.reason : new Error('The page was closed.'));
      });
    }),
};

export const SWEEP = /*i18n*/ {
  id: 'media.sweep',
  message: 'Let Synapse delete {count, plural, one {# file} other {# files}} of {serverName}',
} as const;
export const REMOTE = /*i18n*/ { id: 'media.remote', message: 'Delete cached remote files on {serverName}' } as const;

/** Synapse deletes by date itself, slice by slice. Each answer is compared with what was planned for the slice. */
export function sweepJob(
  ground: Ground,
  plan: Deletion,
  slices: readonly LocalSlice[],
  patience: Patience = pagePatience,
): JobSpec<LocalSlice> {
  const idsOf = (slice: LocalSlice) => slice.planned.flatMap((index) => plan.files[index]?.id ?? []);
  const filesIn = (slice: LocalSlice) => slice.planned.flatMap((index) => plan.files[index] ?? []);
  const inPlan = new Map(plan.byVerdict.delete.flatMap((index) => entryOf(plan.files[index])));
  /** Files of slices that were sent and may have failed: a later slice deletes them, too. */
  const owed = new Map<string, MediaFile>();

  /** What the lists say of a slice that got no answer, and of earlier slices that failed, whose files it may have deleted. */
  async function allGone(slice: LocalSlice, how: typeof NO_ANSWER | typeof LOOKED_AGAIN, signal: AbortSignal) {
    for (const id of idsOf(slice)) owed.delete(id);
    const own = withValues(how, { count: slice.planned.length });
    const left = await planned([...owed.values()], ground, signal).catch(() => null);
    if (left === null) return inTurn([own, WHOSE, UNREAD]);
    const gone = [...owed.keys()].filter((id) => !left.includes(id));
    for (const id of gone) owed.delete(id);
    return inTurn([own, ...(gone.length > 0 ? [withValues(MORE_GONE, { count: gone.length })] : []), WHOSE]);
  }

  /** Which of the files that the answer does not name still exist. Null: that could not be read. */
  async function unnamedYetThere(slice: LocalSlice, deleted: readonly string[], signal: AbortSignal) {
    const named = new Set(deleted);
    const missing = filesIn(slice).filter(({ id }) => !named.has(id));
    return planned(missing, ground, signal).catch(() => null);
  }

  /** Reads the owners' lists until two looks find the same: then the homeserver has finished. */
  async function leftOver(slice: LocalSlice, signal: AbortSignal): Promise<string[]> {
    let before = Infinity;
    for (;;) {
      const left = await planned(filesIn(slice), ground, signal);
      if (left.length === 0 || left.length === before) return left;
      before = left.length;
      await patience.wait(patience.betweenMs, signal);
    }
  }

  return {
    kind: 'delete-media',
    title: withValues(SWEEP, { count: plan.byVerdict.delete.length, serverName: ground.serverName }),
    owner: ground.owner,
    items: slices,
    describe: (slice) => ({
      id: sliceId(slice),
      columns: {
        'Last opened': sliceName(slice),
        'Planned files': formatCount(slice.planned.length),
        Size: formatBytes(slice.bytes),
      },
    }),
    async run(slice, { signal, keepBefore }) {
      const ids = idsOf(slice);
      await keepBefore({ before_ts: slice.beforeTs, planned: ids });
      for (const file of filesIn(slice)) owed.set(file.id, file);
      const query = {
        before_ts: slice.beforeTs,
        size_gt: plan.rule.largerThan,
        keep_profiles: plan.rule.keepAvatars,
      };
      let deleted: readonly string[];
      try {
        deleted = (await sweepMedia(ground.homeserver(), ground.serverName, query, signal)).deleted_media;
      } catch (error) {
        if (!(error instanceof HomeserverError) || !error.mayHaveHappened || signal.aborted) throw error;
        // The next slice must not begin while the homeserver still works on this one.
        const left = await leftOver(slice, signal).catch(() => null);
        if (left?.length !== 0) throw error;
        return { status: 'skipped', reason: await allGone(slice, NO_ANSWER, signal) };
      }
      for (const id of [...ids, ...deleted]) owed.delete(id);
      return {
        status: 'done',
        reason: compare(ids, deleted, inPlan, await unnamedYetThere(slice, deleted, signal)),
        before: { before_ts: slice.beforeTs, planned: ids, deleted, freed: freedBy(deleted, inPlan) },
      };
    },
    async verify(slice, { signal }) {
      const left = await leftOver(slice, signal);
      if (left.length > 0) return { status: 'not-done' };
      return { status: 'skipped', reason: await allGone(slice, LOOKED_AGAIN, signal) };
    },
    classify: (error) => ground.classify(error),
    // The homeserver continues after a proxy timed out, so a second request would run beside the first. Verifying waits for it.
    // That a browser itself sends a request again after the connection broke can't be prevented: `compare` says what it did.
    repeatable: false,
    keepsFirst: true,
    policy: ONE_BY_ONE,
    keep: {
      plan: { ...keptGround(ground), rule: ruleJson(plan.rule) },
      pack: (slice) => ({ ...sliceJson(slice), bytes: slice.bytes, files: filesIn(slice).map(fileJson) }),
    },
  };
}

const entryOf = (file: MediaFile | undefined): [string, MediaFile][] => (file ? [[file.id, file]] : []);

/** Bytes of the planned files among these; no size of others was read. The file of a link preview stays on the disk. */
const freedBy = (deleted: readonly string[], inPlan: ReadonlyMap<string, MediaFile>): number =>
  deleted.reduce((sum, id) => {
    const file = inPlan.get(id);
    return sum + (file?.isLinkPreview === false ? (file.bytes ?? 0) : 0);
  }, 0);

/** Which of these still exist: reads one list for each owner, not each file. */
async function planned(files: readonly MediaFile[], ground: Ground, signal: AbortSignal): Promise<string[]> {
  const left: string[] = [];
  for (const [owner, own] of Map.groupBy(files, (file) => file.owner)) {
    const now = new Set((await filesOf(ground.homeserver(), owner, signal)).files.map(({ id }) => id));
    for (const { id } of own) if (now.has(id)) left.push(id);
  }
  return left;
}

/** Deletes from the remote media cache by date. Synapse answers only a count. */
export function remoteJob(ground: Ground, slices: readonly Slice[]): JobSpec<Slice> {
  return {
    kind: 'delete-media',
    title: withValues(REMOTE, { serverName: ground.serverName }),
    owner: ground.owner,
    items: slices,
    describe: (slice) => ({
      id: sliceId(slice),
      columns: { 'Last opened': sliceName(slice) },
    }),
    async run(slice, { signal, keepBefore }) {
      await keepBefore({ before_ts: slice.beforeTs });
      const deleted = await purgeRemoteMedia(ground.homeserver(), slice.beforeTs, signal);
      return { status: 'done', reason: withValues(DELETED, { count: deleted }) };
    },
    classify: (error) => ground.classify(error),
    repeatable: false,
    keepsFirst: true,
    policy: ONE_BY_ONE,
    keep: { plan: keptGround(ground), pack: sliceJson },
  };
}

const keptGround = ({ serverName }: Ground) => ({ serverName });
const ruleJson = ({ by, beforeTs, largerThan, keepAvatars, method }: Rule) => ({
  by,
  beforeTs,
  largerThan,
  keepAvatars,
  method,
});
const fileJson = (file: MediaFile): Json => ({ ...file });
const sliceJson = ({ fromTs, beforeTs }: Slice) => ({ fromTs, beforeTs });
