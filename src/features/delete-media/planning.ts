import { lacks } from '~/api/since';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { unreadNotes } from '~/job-store/scans';
import type { Session } from '~/data/session';
import type { Job } from '~/jobs/job';
import { fittingQuery, roomOf, ruleOf, stickerRoomsOf, type Choice } from './choice';
import { readKeepList } from './keep-list';
import { makePlan, type Kept, type MediaFile, type Plan } from './plan';
import {
  describeScan,
  emptyFound,
  firstItems,
  scanOne,
  secondItems,
  type Found,
  type ScanChoice,
  type ScanItem,
} from './scan';
import { localSlices, remoteSlices, type LocalSlice, type Slice } from './slices';
import type { PacksFound } from './sticker-packs';
import { readUsers } from './users';
import { withValues, type Text } from '~/lib/text';

/** A plan. The run does exactly this and nothing else. */
export type Planned =
  | {
      kind: 'local';
      choice: Choice;
      plan: Plan;
      avatars: ReadonlySet<string>;
      notes: readonly Text[];
      /** What rooms have of sticker packs, which are kept. */
      packs?: readonly PacksFound[];
      /** Of one room: copies of other homeservers’ files, which no request deletes. */
      copies?: number;
      /** Files of some users could not be read: they are not in it, and what is saved of it says so. */
      isPartial?: true;
      /** Only where Synapse chooses the files itself. */
      slices: readonly LocalSlice[];
      /** Epoch ms. */
      madeAt: number;
    }
  | { kind: 'remote'; choice: Choice; slices: readonly Slice[]; madeAt: number };

const NO_PREVIEWS = /*i18n*/ {
  id: 'media.note.previews',
  message: 'In this plan, images of link previews count as files. {why}',
} as const;
const READ_LISTS = /*i18n*/ { id: 'media.read.lists', message: 'Read who has files' };
const READ_FILES = /*i18n*/ { id: 'media.read.files', message: 'Read the files' };

/** What is read: first who has files and which avatars there are, then the files of each user. */
export type Stage = 'lists' | 'files';

/** Reads what the plan needs and makes it. */
export function beginPlanning(session: Session, choice: Choice, making: Making<Planned>): void {
  if (choice.where === 'remote') {
    const { beforeTs } = ruleOf(choice);
    making.finish({ kind: 'remote', choice, slices: remoteSlices(beforeTs), madeAt: Date.now() });
    return;
  }
  const found = emptyFound();
  const noPreviews = lacks(session.version, 'link-previews');
  if (noPreviews !== null) found.notes.push(withValues(NO_PREVIEWS, { why: noPreviews }));
  const scope = scopeOf(choice, session);
  const readFiles = () => {
    const items = secondItems(scope, found);
    if (!items.some(({ kind }) => kind === 'uploader' || kind === 'room-file')) {
      making.finish(localPlan(choice, found, session));
      return;
    }
    const job = read(session, items, found, READ_FILES);
    making.read(job, 'files' satisfies Stage, () => {
      const unread = unreadNotes(job);
      found.notes.push(...unread);
      const planned = localPlan(choice, found, session);
      making.finish(unread.length > 0 ? { ...planned, isPartial: true } : planned);
    });
  };
  const lists = firstItems(scope);
  if (lists.length === 0) readFiles();
  else making.read(read(session, lists, found, READ_LISTS), 'lists' satisfies Stage, readFiles);
}

export function scopeOf(choice: Choice, session: Pick<Session, 'serverName' | 'mas'>): ScanChoice {
  return {
    users: usersOf(choice, session),
    stickerRooms: stickerRoomsOf(choice),
    userAvatars: choice.keepAvatars,
    // Synapse keeps room avatars in a sweep by itself, but the plan should say which files these are.
    roomAvatars: choice.keepAvatars && choice.roomAvatars,
  };
}

function usersOf(choice: Choice, { serverName, mas }: Pick<Session, 'serverName' | 'mas'>): ScanChoice['users'] {
  if (choice.where === 'room') return { room: roomOf(choice) ?? '' };
  if (choice.whose === 'everyone') return null;
  if (choice.whose === 'filter') return { fitting: fittingQuery(choice.filter, mas) };
  if (choice.whose === 'named') return readUsers(choice.users, serverName).ids;
  if (choice.handed === null) return [];
  return 'ids' in choice.handed ? choice.handed.ids : { fitting: choice.handed.filter };
}

export function localPlan(choice: Choice, found: Found, { serverName }: Pick<Session, 'serverName'>): LocalPlanned {
  const kept: Kept = {
    listed: readKeepList(choice.listed, serverName).ids,
    stickers: new Set(found.packs.flatMap(({ ids }) => [...ids])),
  };
  const plan = makePlan(found.files, ruleOf(choice), found.avatars, kept);
  const slices = choice.method === 'sweep' ? localSlices(plan) : [];
  const { avatars, notes, packs, copies } = found;
  return { kind: 'local', choice, plan, avatars, notes, packs, copies, slices, madeAt: Date.now() };
}

export type LocalPlanned = Extract<Planned, { kind: 'local' }>;

/** The same plan with only these of its files. What is kept was decided before, an owner’s newest files among all. */
export const withOnly = (planned: LocalPlanned, files: readonly MediaFile[]): LocalPlanned => ({
  ...planned,
  plan: makePlan(files, { ...planned.plan.rule, keepNewest: 0 }, planned.avatars),
});

const groundOf = ({ serverName, mas, version }: Session) => ({ serverName, mas, version });

function read(session: Session, items: readonly ScanItem[], found: Found, title: Text): Job {
  const owner = ownerOf(session);
  return startScan<ScanItem>({
    kind: 'scan',
    title,
    owner,
    items,
    describe: describeScan,
    run: (item, { signal }) => scanOne({ ...groundOf(session), hs: homeserverFor(owner) }, item, found, signal),
    verify: () => Promise.resolve({ status: 'not-done' }),
    classify: classifyHomeserverError,
    repeatable: true,
  });
}
