import * as z from 'zod/mini';
import { accountsJob, unpackItem, type AccountItem, type AccountPlan } from '~/actions/account-job';
import { AccountSecrets, passwordsOf } from '~/actions/account-passwords';
import type { Session } from '~/data/session';
import { mapInSlices } from '~/jobs/in-slices';
import type { Job, JobSpec } from '~/jobs/job';
import { readText } from '~/lib/text';
import { groundFor } from './action-jobs';
import type { Revive } from './job-kinds';
import { ownerOf, startJob } from './jobs';
import { holdSecrets } from './secrets';

/** Jobs that make and change accounts: begun, and brought back. */

/**
 * @param confirmed the number that the admin confirmed
 * @param given passwords that the admin gave, by user ID: they never leave the memory of this page but to the homeserver
 */
export function startAccounts(
  plan: AccountPlan,
  session: Session,
  confirmed: number,
  given: ReadonlyMap<string, string> = new Map(),
): Job {
  const ground = groundFor(ownerOf(session));
  const secrets = new AccountSecrets(given);
  let job: Job | null = null;
  const hold = (made: AccountSecrets) => holdSecrets(job?.id ?? '', made);
  const passwords = passwordsOf(ground, secrets, (made) => hold(made as AccountSecrets));
  job = startJob(accountsJob(plan, ground, passwords), confirmed);
  if (plan.items.some(({ password }) => password !== undefined)) hold(secrets);
  return job;
}

const keptPlan = z.object({
  serverName: z.string(),
  undoes: z.nullable(z.object({ id: z.string(), title: z.json() })),
});

/** Such a job as it was kept. Rejects where another version of Glia kept it in another form. */
export function reviverOfAccounts(kind: AccountPlan['kind']): Revive {
  return async ({ id, owner, plan, items }): Promise<JobSpec<unknown>> => {
    const { serverName, undoes } = z.parse(keptPlan, plan);
    const kept = await mapInSlices(items, (item): AccountItem => unpackItem(item, serverName));
    const ground = groundFor(owner);
    const passwords = passwordsOf(ground, null, (made) => id !== undefined && holdSecrets(id, made));
    const back = { kind, items: kept, ...(undoes && { undoes: { id: undoes.id, title: readText(undoes.title) } }) };
    return accountsJob(back, ground, passwords);
  };
}
