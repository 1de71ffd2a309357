import * as z from 'zod/mini';
import { without } from '~/api/external-ids';
import { serverOf } from '~/lib/mxid';
import { isolated, isolatedWords } from '~/lib/shown-text';
import type { ActionItem } from './plan';
import type { Changed } from './undo';

/**
 * The file with the external ids that a plan removes: saved before the first PUT, since the homeserver can't tell them afterwards,
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
  readonly notes: readonly string[];
}

const refuse = (...problems: string[]) => ({ problems });

/** @returns what the file tells, or why it can't be used, in sentences: nothing of a file is used that is not whole */
export function readBackup(
  text: string,
  { baseUrl, serverName }: { baseUrl: string; serverName: string },
): Backup | { problems: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return refuse(`It is not JSON: ${isolatedWords(error instanceof Error ? error.message : String(error))}`);
  }
  const { data, error } = z.safeParse(file, json);
  if (!data) return refuse(`It is not a backup of external ids that Glia saved: ${issueOf(error)}.`);
  const problems: string[] = [];
  const changes = new Map<string, Changed>();
  for (const [index, one] of data.users.entries()) {
    const read = readUser(one, serverName);
    if (typeof read === 'string') problems.push(`User ${index + 1}${nameOf(one)}: ${read}`);
    else if (changes.has(read.id)) problems.push(`User ${index + 1}${nameOf(one)}: is in the file twice.`);
    else changes.set(read.id, read);
  }
  if (problems.length > 0) return { problems };
  if (changes.size === 0) return refuse('It holds no user.');
  const notes = [
    `Saved at ${isolatedWords(data.made)} by ${isolated(data.made_by)}, before the job ran: it can’t tell whether the job or someone else removed the ids.`,
    ...(data.homeserver === baseUrl ? [] : [`It was saved from ${isolated(data.homeserver)}.`]),
  ];
  return { changes: [...changes.values()], provider: data.auth_provider, notes };
}

function readUser(one: unknown, serverName: string): Changed | string {
  const { data, error } = z.safeParse(user, one);
  if (!data) return `${issueOf(error)}.`;
  const { user_id, created_at, external_ids, removes } = data;
  const server = serverOf(user_id);
  if (server === null) return 'this is not a user ID.';
  if (server !== serverName) return `is on ${isolated(server)}, and this homeserver is ${isolated(serverName)}.`;
  if (removes.length === 0) return 'nothing of this user was to be removed.';
  if (without(removes, external_ids).length > 0) return 'some of the removed ids are not among those the user had.';
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

/** “(@anna:example.org)”, where it can be read. */
function nameOf(one: unknown): string {
  const name = typeof one === 'object' && one !== null && 'user_id' in one ? one.user_id : undefined;
  return typeof name === 'string' ? ` (${isolated(name)})` : '';
}

/** The first thing that is wrong, and where. */
function issueOf(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  const where = issue && issue.path.length > 0 ? `${isolated(issue.path.join('.'))}: ` : '';
  return `${where}${isolatedWords(issue?.message ?? 'unknown form')}`;
}
