import { expect, it, vi } from 'vitest';
import { actionJob } from '~/actions/job';
import { Secrets } from '~/actions/secrets';
import { reviveAction } from '~/actions/revive';
import { createJob } from '~/jobs/runner';
import type { LedgerRow } from '~/jobs/job';
import { reportJson } from '~/jobs/report';
import { whenOver } from '~/jobs/phase';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { groundOf, planned } from '~/testing/actions';
import { asKept, Hurry, Notebook } from '~/testing/engine';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import { endSignInAs } from './end-login-as';
import { signInAs } from './login-as';

/** The token of a sign-in as somebody is in the memory of the page, and nowhere else. */

let model: MockHomeserver;
modelForEach((made) => (model = made));

const tokenOf = (userId: string) =>
  [...model.state.tokens].find(([, token]) => token.user_id === userId && token.puppeted_by !== null);

async function signedIn() {
  const { name } = addUser(model, 'anna');
  const { items } = await planned(model, signInAs, [name], { minutes: 15 });
  const secrets = new Secrets(undefined);
  const spec = actionJob(signInAs, { items, input: { minutes: 15 } }, groundOf(model), secrets);
  const notebook = new Notebook();
  const job = createJob(spec, new Hurry(), { journal: notebook });
  job.start();
  await whenOver(job);
  const [held] = secrets.heldOf(job);
  return { name, spec, job, notebook, held };
}

it('is handed out once, ends by itself after the time that was chosen, and the record says when', async () => {
  const { name, job, held } = await signedIn();
  const [token, facts] = tokenOf(name) ?? [];
  expect(held).toEqual({ id: name, value: token, isSure: true });
  const minutes = ((facts?.valid_until_ms ?? 0) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(14);
  expect(minutes).toBeLessThanOrEqual(15);
  expect(inWords(job.row(0))).toMatchObject({
    status: 'done',
    reason: expect.stringMatching(/^The token works until .*\d\d:\d\d/),
  });
  expect(inWords(job.getSnapshot().title)).toBe(`Sign in as ${name} for 15 minutes`);
});

it('is in no journal, no report and no kept plan', async () => {
  const { name, spec, job, notebook } = await signedIn();
  const [token = ''] = tokenOf(name) ?? [];
  expect(token).not.toBe('');
  const kept = JSON.stringify([notebook.entries, asKept(spec), job.row(0), job.getSnapshot()]);
  let report = '';
  for await (const part of reportJson(job, new Hurry())) report += part;
  expect(kept + report).not.toContain(token);
  // A script's output would hold it.
  expect(signInAs.script).toBeDefined();
});

it('is not in there either where something in front of the homeserver spoils the answer that holds it', async () => {
  const answer = globalThis.fetch;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const response = await answer(url, init);
    return url.endsWith('/login') ? new Response(`${await response.text()}<!-- cached -->`) : response;
  });
  const { name, job, notebook, held } = await signedIn();
  const [token = ''] = tokenOf(name) ?? [];
  expect(token).not.toBe('');
  expect(held).toBeUndefined();
  expect(inWords(job.row(0))).toMatchObject({
    status: 'unknown',
    reason: expect.stringMatching(/answered 200 with a page/),
  });
  expect(JSON.stringify([notebook.entries, job.row(0)])).not.toContain(token);
});

it('is not asked for by a page that came back and could not show it', async () => {
  const { name } = addUser(model, 'anna');
  const spec = await planned(model, signInAs, [name], { minutes: 15 });
  const again = reviveAction('user.login-as', asKept(spec), groundOf(model));
  const [row] = await runToTheEnd(model, again, () => undefined);
  expect(inWords([row?.status, row?.reason])).toEqual(['skipped', expect.stringMatching(/^Nothing was sent/)]);
  expect(tokenOf(name)).toBeUndefined();
});

it('can be ended at once; a token that has ended by itself is no lost token of the admin', async () => {
  const { name, held } = await signedIn();
  for (const status of ['done', 'skipped']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { items } = await planned(model, endSignInAs, [name]);
    const secrets = new Secrets(endSignInAs.secret, { id: name, value: held?.value ?? '' });
    const spec = actionJob(endSignInAs, { items, input: null }, groundOf(model), secrets);
    // oxlint-disable-next-line no-await-in-loop -- as above
    const [row] = await runToTheEnd(model, spec, () => undefined);
    expect(row?.status).toBe(status);
    // Nobody has to save what has ended: it keeps no page open, and is shown nowhere again.
    const rows = { row: () => row as LedgerRow, indexes: () => [0] };
    expect([...secrets.heldOf(rows)]).toEqual([]);
    expect(tokenOf(name)).toBeUndefined();
    expect(JSON.stringify(row)).not.toContain(held?.value);
  }
});
