import { HomeserverError } from '~/api/errors';
import { deleteMedia, mediaInfo, purgeRemoteMedia, sweepMedia } from '~/api/media';
import type { Homeserver } from '~/api/request';
import type { Fault, JobSpec, Json, Outcome } from '~/jobs/job';
import { formatBytes } from '~/lib/bytes';
import { exact } from '~/lib/dates';
import { formatCount, plural } from '~/lib/numbers';
import { verdictOf, type MediaFile, type Plan, type Rule, type Verdict } from './plan';
import { fileOf, filesOf } from './scan';
import { sliceName, type LocalSlice, type Slice } from './slices';

/** What a run stands on: which server, as whom, and how its errors are understood. */
export interface Ground {
  owner: { baseUrl: string; userId: string };
  serverName: string;
  href: string;
  /** With today's token; throws what `classify` takes for a lost token. */
  homeserver(): Homeserver;
  classify(error: unknown): Fault;
}

/** Of a plan, what a run needs. */
export type Deletion = Pick<Plan, 'rule' | 'files'> & { byVerdict: Pick<Plan['byVerdict'], 'delete'> };

/** Why a planned file is left alone when the look just before finds it changed. */
const MOVED_ON: Readonly<Record<Exclude<Verdict, 'delete'>, string>> = {
  recent: 'Opened since the plan was made.',
  protected: 'Protected from quarantine since the plan was made.',
  quarantined: 'Quarantined since the plan was made.',
  avatar: 'A picture of a user or a room.',
  'link-preview': 'A link’s preview: Synapse clears those itself.',
  'not-larger': 'Not as large as the plan said.',
  unfinished: 'Its upload is not finished.',
};

/** One DELETE a file, and just before it a look, where the server can tell (Synapse 1.140). */
export function exactJob(
  ground: Ground,
  plan: Deletion,
  avatars: ReadonlySet<string>,
  canLook: boolean,
): JobSpec<MediaFile> {
  const items = plan.byVerdict.delete.flatMap((index) => plan.files[index] ?? []);
  /** Files whose DELETE was sent and not answered: a 404 afterwards means that it worked. */
  const sent = new Set<string>();
  let looks = canLook;

  async function look(file: MediaFile, signal: AbortSignal): Promise<Outcome | null> {
    try {
      const info = await mediaInfo(ground.homeserver(), ground.serverName, file.id, signal);
      const verdict = verdictOf(fileOf(info, file.owner), plan.rule, avatars);
      return verdict === 'delete' ? null : { status: 'skipped', reason: MOVED_ON[verdict] };
    } catch (error) {
      if (!(error instanceof HomeserverError)) throw error;
      if (error.notFound) return gone(file);
      // A worker that does not route this path, or a version that is not what it says: then without a look.
      if (!error.endpointAbsent) throw error;
      looks = false;
      return null;
    }
  }

  function gone(file: MediaFile): Outcome {
    return sent.has(file.id)
      ? { status: 'done', reason: 'Gone: the try that got no answer deleted it.' }
      : { status: 'skipped', reason: 'Already gone when its turn came.' };
  }

  return {
    kind: 'delete-media',
    title: `Delete ${plural(items.length, 'file')} of ${ground.serverName}`,
    href: ground.href,
    owner: ground.owner,
    items,
    describe: (file) => ({ id: file.id, columns: fileColumns(file) }),
    async run(file, { signal, keepBefore }) {
      void keepBefore(beforeOf(file));
      const moved = looks ? await look(file, signal) : null;
      if (moved) return moved;
      try {
        const { deleted_media } = await deleteMedia(ground.homeserver(), ground.serverName, file.id, signal);
        // 200 with nothing deleted: the disk refused (`media_repository.py:1672-1708`).
        return deleted_media.includes(file.id)
          ? { status: 'done' }
          : {
              status: 'failed',
              reason: 'The server answered, but could not remove the file from its disk (0 deleted).',
            };
      } catch (error) {
        if (error instanceof HomeserverError && error.notFound) return gone(file);
        if (error instanceof HomeserverError && error.mayHaveHappened) sent.add(file.id);
        throw error;
      }
    },
    async verify(file, { signal }) {
      const info = await stillThere(ground, file, signal);
      return info ? { status: 'not-done' } : { status: 'done', reason: 'Verified: it is gone.' };
    },
    classify: (error) => ground.classify(error),
    // A file that is gone answers 404: sending twice does no harm.
    repeatable: true,
    // Not the pictures: no planned file is one, or the rule spares none.
    keep: { plan: { ...keptGround(ground), rule: ruleJson(plan.rule), canLook }, pack: fileJson },
  };
}

async function stillThere(ground: Ground, file: MediaFile, signal: AbortSignal): Promise<boolean> {
  try {
    await mediaInfo(ground.homeserver(), ground.serverName, file.id, signal);
    return true;
  } catch (error) {
    if (!(error instanceof HomeserverError)) throw error;
    if (error.notFound) return false;
    if (!error.endpointAbsent) throw error;
    // Before Synapse 1.140 the owner's list is the only look.
    const { files } = await filesOf(ground.homeserver(), file.owner, signal);
    return files.some(({ id }) => id === file.id);
  }
}

/** Few enough to fit a screen; the before-state in the report has the rest. */
export function fileColumns(file: MediaFile): Record<string, string> {
  return {
    File: file.name ?? '',
    Owner: file.owner,
    Size: file.bytes === null ? '' : formatBytes(file.bytes),
    'Last opened': file.lastAccessTs === null ? 'never' : exact(file.lastAccessTs),
  };
}

function beforeOf(file: MediaFile): Json {
  return {
    media_id: file.id,
    user_id: file.owner,
    upload_name: file.name,
    media_type: file.type,
    media_length: file.bytes,
    created_ts: file.createdTs,
    last_access_ts: file.lastAccessTs,
  };
}

/** One at a time and oldest first, since each call takes all that is older than its own date. */
const ONE_BY_ONE = { concurrency: 1, canary: 1 };

/** Waiting for a server that may still be deleting: so long between two looks, and so many looks without a change. */
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
        reject(signal.reason instanceof Error ? signal.reason : new Error('The page went away.'));
      });
    }),
};

const allGone = (slice: LocalSlice) =>
  `the lists no longer have any of the ${plural(slice.planned.length, 'planned file')}`;

/** The server's own sweep, slice by slice, each compared with what was planned for it. */
export function sweepJob(
  ground: Ground,
  plan: Deletion,
  slices: readonly LocalSlice[],
  patience: Patience = pagePatience,
): JobSpec<LocalSlice> {
  const idsOf = (slice: LocalSlice) => slice.planned.flatMap((index) => plan.files[index]?.id ?? []);
  const filesIn = (slice: LocalSlice) => slice.planned.flatMap((index) => plan.files[index] ?? []);

  /** Lists the owners again until two looks find the same: then the server is no longer at it. */
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
    title: `Sweep ${plural(plan.byVerdict.delete.length, 'file')} of ${ground.serverName}`,
    href: ground.href,
    owner: ground.owner,
    items: slices,
    describe: (slice) => ({
      id: `before ${exact(slice.beforeTs)}`,
      columns: {
        'Last opened': sliceName(slice),
        'Planned files': formatCount(slice.planned.length),
        Size: formatBytes(slice.bytes),
      },
    }),
    async run(slice, { signal, keepBefore }) {
      const ids = idsOf(slice);
      void keepBefore({ before_ts: slice.beforeTs, planned: ids });
      const query = {
        before_ts: slice.beforeTs,
        size_gt: plan.rule.largerThan,
        keep_profiles: plan.rule.keepAvatars,
      };
      let deleted: readonly string[];
      try {
        deleted = (await sweepMedia(ground.homeserver(), query, signal)).deleted_media;
      } catch (error) {
        if (!(error instanceof HomeserverError) || !error.mayHaveHappened || signal.aborted) throw error;
        // The next slice must not begin while the server is still at this one.
        const left = await leftOver(slice, signal).catch(() => null);
        if (left?.length !== 0) throw error;
        return { status: 'done', reason: `No answer came, but ${allGone(slice)}.` };
      }
      return {
        status: 'done',
        reason: compare(ids, deleted),
        before: { before_ts: slice.beforeTs, planned: ids, deleted },
      };
    },
    async verify(slice, { signal }) {
      const left = await leftOver(slice, signal);
      return left.length === 0 ? { status: 'done', reason: `Verified: ${allGone(slice)}.` } : { status: 'not-done' };
    },
    classify: (error) => ground.classify(error),
    // The server works on after a proxy gave up: a second call would run beside the first. Verifying waits for it.
    repeatable: false,
    policy: ONE_BY_ONE,
    keep: {
      plan: { ...keptGround(ground), rule: ruleJson(plan.rule) },
      pack: (slice) => ({ ...sliceJson(slice), bytes: slice.bytes, files: filesIn(slice).map(fileJson) }),
    },
  };
}

/** Which of these are still on the server. One list for each owner, not a request for each file. */
async function planned(files: readonly MediaFile[], ground: Ground, signal: AbortSignal): Promise<string[]> {
  const left: string[] = [];
  for (const [owner, own] of Map.groupBy(files, (file) => file.owner)) {
    const now = new Set((await filesOf(ground.homeserver(), owner, signal)).files.map(({ id }) => id));
    for (const { id } of own) if (now.has(id)) left.push(id);
  }
  return left;
}

/** What a sweep answered, beside what was planned for it. */
export function compare(planned: readonly string[], deleted: readonly string[]): string {
  const wanted = new Set(planned);
  const got = new Set(deleted);
  const spared = planned.filter((id) => !got.has(id));
  const more = deleted.filter((id) => !wanted.has(id));
  const parts = [`Deleted ${plural(deleted.length, 'file')}`];
  if (spared.length === 0 && more.length === 0) return `${parts[0]}, exactly as planned.`;
  if (spared.length > 0) {
    parts.push(
      `${plural(spared.length, 'planned one was', 'planned ones were')} spared (opened or protected since, a picture that only the server knows of, or gone before)`,
    );
  }
  if (more.length > 0) parts.push(`${formatCount(more.length)} of them not in the plan: ${sample(more)}`);
  return `${parts.join('; ')}.`;
}

function sample(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ');
  return ids.length > 5 ? `${shown} and ${formatCount(ids.length - 5)} more` : shown;
}

/** The remote cache by date: only a count comes back. */
export function remoteJob(ground: Ground, slices: readonly Slice[]): JobSpec<Slice> {
  return {
    kind: 'delete-media',
    title: `Empty the remote media cache of ${ground.serverName}`,
    href: ground.href,
    owner: ground.owner,
    items: slices,
    describe: (slice) => ({
      id: `before ${exact(slice.beforeTs)}`,
      columns: { 'Last opened': sliceName(slice) },
    }),
    async run(slice, { signal, keepBefore }) {
      void keepBefore({ before_ts: slice.beforeTs });
      const deleted = await purgeRemoteMedia(ground.homeserver(), slice.beforeTs, signal);
      return { status: 'done', reason: `Deleted ${plural(deleted, 'file')}.` };
    },
    classify: (error) => ground.classify(error),
    repeatable: false,
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
