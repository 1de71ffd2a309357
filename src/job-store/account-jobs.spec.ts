import { expect, it } from 'vitest';
import { accountsJob, type AccountItem } from '~/actions/account-job';
import { passwordHash } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { whenOver } from '~/jobs/phase';
import { createJob } from '~/jobs/runner';
import { jobs } from '~/jobs/registry';
import { groundOf } from '~/testing/actions';
import { asKept, describedBy, Hurry } from '~/testing/engine';
import { modelForEach } from '~/testing/model-for-each';
import { reviverOfAccounts } from './account-jobs';
import { heldOf } from './secrets';

let model: MockHomeserver;
modelForEach((made) => {
  model = made;
});

const item = (name: string, password?: 'made' | 'given'): AccountItem => ({
  op: 'create',
  id: `@${name}:${model.serverName}`,
  goal: {},
  planned: null,
  identity: null,
  ...(password && { password }),
});

it('brings a job back from disk: passwords are made anew for accounts that are still to come, and given ones are gone', async () => {
  const items = [item('anna', 'made'), item('ben', 'given'), item('cleo')];
  const spec = accountsJob({ kind: 'import-users', items }, groundOf(model), null);
  const revived = await reviverOfAccounts('import-users')({ ...asKept(spec), id: 'back' });
  expect(describedBy(revived)).toEqual(describedBy(spec as never));

  const job = createJob(revived, new Hurry(), { id: 'back' });
  jobs.add(job);
  job.start();
  await whenOver(job);
  expect(job.indexes([]).map((index) => job.row(index).status)).toEqual(['done', 'skipped', 'done']);
  const held = [...heldOf(job)];
  expect(held.map(({ id }) => id)).toEqual([items[0]?.id]);
  expect(model.state.users.get(items[0]?.id ?? '')?.password_hash).toBe(passwordHash(held[0]?.value ?? ''));
  jobs.remove('back');
});
