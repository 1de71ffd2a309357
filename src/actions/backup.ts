import * as z from 'zod/mini';
import { without } from '~/api/external-ids';
import { serverOf } from '~/lib/mxid';
import { withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import type { ActionItem } from './plan';
import type { Changed } from './undo';

/**
 * The file with the external IDs that a plan removes: saved before the first PUT, since the homeserver can't tell them afterwards,
 * and read again where the browser no longer knows the job. Files of older versions are read, so its form only ever grows.
 */

const id = z.object({ auth_provider: z.string(), external_id: z.string() });
const user = z.object({
  user_id: z.string(),
  /** Of the account, ms. Missing in files of older versions. */
  created_at: z.optional(z.nullable(z.number())),
  external_ids: z.array(id),
  removes: z.array(id),
});
const file = z.object({
  backup: z.literal('glia-external-ids'),
  version: z.literal(1),
  homeserver: z.string(),
  made_by: z.string(),
  made: z.string(),
  auth_provider: z.string(),
  users: z.array(z.unknown()),
});

type User = z.output<typeof user>;

interface BackupFacts {
  items: readonly ActionItem[];
  provider: string;
  homeserver: string;
  user: string;
  /** Epoch ms. */
  now: number;
}

export function backupText({ items, provider, homeserver, user: made_by, now }: BackupFacts): string {
  const users = items.map(({ id: user_id, planned, goal, identity }): User => {
    const { external_ids } = planned as unknown as User;
    const removes = [...without(external_ids, (goal as unknown as User).external_ids)];
    return { user_id, created_at: identity as number | null, external_ids, removes };
  });
  const head = { backup: 'glia-external-ids', version: 1, homeserver, made_by, made: new Date(now).toISOString() };
  return `${JSON.stringify({ ...head, auth_provider: provider, users }, null, 1)}\n`;
}

export interface Backup {
  readonly changes: readonly Changed[];
  readonly provider: string;
  /** What to know of it, in sentences. */
  readonly notes: readonly Text[];
}

const NO_JSON = /*i18n*/ { id: 'backup.no-json', message: 'This is not a JSON file: {error}' } as const;
const OTHER_FORM = /*i18n*/ {
  id: 'backup.other-form',
  message: 'This is not a backup of external IDs saved by Glia: {issue}',
} as const;
const EMPTY = /*i18n*/ { id: 'backup.empty', message: 'The file contains no users.' };
const OF_NUMBER = /*i18n*/ { id: 'backup.of-number', message: 'User {number, number}: {problem}' } as const;
const OF_USER = /*i18n*/ { id: 'backup.of-user', message: 'User {number, number} ({userId}): {problem}' } as const;
const TWICE = /*i18n*/ { id: 'backup.twice', message: 'This user is in the file twice.' };
const NO_USER_ID = /*i18n*/ { id: 'backup.no-user-id', message: 'This is not a valid user ID.' };
const ELSEWHERE = /*i18n*/ {
  id: 'backup.elsewhere',
  message: 'This user is on {serverId}, but you are signed in to {ownId}.',
} as const;
const NOTHING = /*i18n*/ { id: 'backup.nothing', message: 'None of this user’s IDs were to be removed.' };
const NOT_HAD = /*i18n*/ {
  id: 'backup.not-had',
  message: 'Some of the removed IDs are not among the IDs the user had.',
};
const SAVED = /*i18n*/ {
  id: 'backup.saved',
  message:
    'The file was saved at {time} by {userId}, before the job ran: it can’t tell whether the job or someone else removed the IDs.',
} as const;
const SAVED_FROM = /*i18n*/ { id: 'backup.saved-from', message: 'The file was saved from {urlId}.' } as const;
const ISSUE_AT = /*i18n*/ { id: 'backup.issue-at', message: '{fieldId}: {issue}' } as const;

const refuse = (...problems: Text[]) => ({ problems });

/** @returns what the file tells, or why it can't be used, in sentences: nothing of a file is used that is not whole */
export function readBackup(
  text: string,
  { baseUrl, serverName }: { baseUrl: string; serverName: string },
): Backup | { problems: readonly Text[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(withValues(NO_JSON, { error: textOfError(error) }));
  }
  const { data, error } = z.safeParse(file, json);
  if (!data) return refuse(withValues(OTHER_FORM, { issue: issueOf(error) }));
  const problems: Text[] = [];
  const changes = new Map<string, Changed>();
  for (const [index, one] of data.users.entries()) {
    const read = readUser(one, serverName);
    if ('problem' in read) problems.push(problemOf(index + 1, one, read.problem));
    else if (changes.has(read.id)) problems.push(problemOf(index + 1, one, TWICE));
    else changes.set(read.id, read);
  }
  if (problems.length > 0) return { problems };
  if (changes.size === 0) return refuse(EMPTY);
  const notes = [
    withValues(SAVED, { time: data.made, userId: data.made_by }),
    ...(data.homeserver === baseUrl ? [] : [withValues(SAVED_FROM, { urlId: data.homeserver })]),
  ];
  return { changes: [...changes.values()], provider: data.auth_provider, notes };
}

function readUser(one: unknown, serverName: string): Changed | { problem: Text } {
  const { data, error } = z.safeParse(user, one);
  if (!data) return { problem: issueOf(error) };
  const { user_id, created_at, external_ids, removes } = data;
  const server = serverOf(user_id);
  if (server === null) return { problem: NO_USER_ID };
  if (server !== serverName) return { problem: withValues(ELSEWHERE, { serverId: server, ownId: serverName }) };
  if (removes.length === 0) return { problem: NOTHING };
  if (without(removes, external_ids).length > 0) return { problem: NOT_HAD };
  const left = [...without(external_ids, removes)];
  return {
    id: user_id,
    before: { external_ids },
    after: { external_ids: left },
    identity: created_at ?? null,
    doubtful: false,
    late: false,
  };
}

/** What is wrong with the user of this number, who is named where that can be read. */
function problemOf(number: number, one: unknown, problem: Text): Text {
  const userId = typeof one === 'object' && one !== null && 'user_id' in one ? one.user_id : undefined;
  return typeof userId === 'string'
    ? withValues(OF_USER, { number, userId, problem })
    : withValues(OF_NUMBER, { number, problem });
}

/** The first thing that is wrong, and where. */
function issueOf(error: z.core.$ZodError): Text {
  const [issue] = error.issues;
  const words = issue?.message ?? '';
  return issue && issue.path.length > 0 ? withValues(ISSUE_AT, { fieldId: issue.path.join('.'), issue: words }) : words;
}
