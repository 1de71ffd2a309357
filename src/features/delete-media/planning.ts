import { lacks } from '~/api/since';
import { classifyHomeserverError, homeserverFor, ownerOf, startScan } from '~/job-store/jobs';
import type { Making } from '~/job-store/plan-draft';
import { unreadNotes } from '~/job-store/scans';
import type { Session } from '~/data/session';
import type { Job } from '~/jobs/job';
import { fittingQuery, ruleOf, type Choice } from './choice';
import { makePlan, type MediaFile, type Plan } from './plan';
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
    if (!items.some(({ kind }) => kind === 'uploader')) {
      making.finish(localPlan(choice, found));
      return;
    }
    const job = read(session, items, found, READ_FILES);
    making.read(job, 'files' satisfies Stage, () => {
      found.notes.push(...unreadNotes(job));
      making.finish(localPlan(choice, found));
    });
  };
  const lists = firstItems(scope);
  if (lists.length === 0) readFiles();
  else making.read(read(session, lists, found, READ_LISTS), 'lists' satisfies Stage, readFiles);
}

export function scopeOf(choice: Choice, session: Pick<Session, 'serverName' | 'mas'>): ScanChoice {
  return {
    users: usersOf(choice, session),
    userAvatars: choice.keepAvatars,
    // Synapse keeps room avatars in a sweep by itself, but the plan should say which files these are.
    roomAvatars: choice.keepAvatars && choice.roomAvatars,
  };
}

function usersOf(choice: Choice, { serverName, mas }: Pick<Session, 'serverName' | 'mas'>): ScanChoice['users'] {
  if (choice.whose === 'everyone') return null;
  if (choice.whose === 'filter') return { fitting: fittingQuery(choice.filter, mas) };
  if (choice.whose === 'named') return readUsers(choice.users, serverName).ids;
  if (choice.handed === null) return [];
  return 'ids' in choice.handed ? choice.handed.ids : { fitting: choice.handed.filter };
}

export function localPlan(choice: Choice, found: Found): Planned {
  const plan = makePlan(found.files, ruleOf(choice), found.avatars);
  const slices = choice.method === 'sweep' ? localSlices(plan) : [];
  return { kind: 'local', choice, plan, avatars: found.avatars, notes: found.notes, slices, madeAt: Date.now() };
}

export type LocalPlanned = Extract<Planned, { kind: 'local' }>;

/** The same plan with only these of its files. They were chosen: which are an owner’s newest was decided among all. */
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
