import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addUser } from '../../src/mocks/build.ts';
import type { Fault } from '../../src/mocks/faults.ts';
import { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { seeNoAxeViolationInEitherScheme, seeNoSidewaysScrolling } from '../eyes.ts';
import { expect, signIn, test as base } from '../fixtures.ts';
import { serveModel } from '../model-server.ts';
import { externalIds, press, WIZARDS, type Wizard } from './script-worlds.ts';
import { interpreter, LANGUAGES, runScript, takeScript, type Language, type Ran } from './scripts.ts';
import { seeOver } from '../jobs/job-page.ts';

/**
 * Each plan as a script, run as it is: what the homeserver has afterwards is what it has after the job (promise 13). Behind
 * one and the same address stands another model of the same world for each that runs: the job, the bash script, the Python one.
 */

interface Stage {
  url: string;
  /** Puts another model of this wizard's world there. */
  anew(wizard: Pick<Wizard, 'fill' | 'drift'>, faults?: readonly Fault[]): MockHomeserver;
}

/** One address, and whichever model stands behind it now. */
const test = base.extend<{ stage: Stage }>({
  // oxlint-disable-next-line no-empty-pattern
  stage: async ({}, use) => {
    let model = new MockHomeserver();
    const served = await serveModel({ handle: (request) => model.handle(request) });
    await use({
      url: served.url,
      anew({ fill, drift }, faults = []) {
        model = new MockHomeserver();
        fill(model);
        drift?.(model);
        for (const fault of faults) model.faults.next({ ...fault });
        return model;
      },
    });
    await served.close();
  },
  homeserverUrl: async ({ stage }, use) => use(stage.url),
});

async function commandFor(language: Language): Promise<string> {
  // It starts several programs for each item.
  test.slow();
  const command = await interpreter(language);
  test.skip(command === null, `This machine has no ${language === 'bash' ? 'jq' : 'Python with requests'}.`);
  return command ?? '';
}

/** Makes the plan on a model that is to be looked at only. */
async function planOf(page: Page, stage: Stage, name: keyof typeof WIZARDS): Promise<void> {
  const { fill, plan } = WIZARDS[name];
  const model = stage.anew({ fill });
  const [feature] = name.split(' ');
  await signIn(page, stage.url, model.adminToken, `/${feature}/choose`);
  await plan(page);
  await expect(page.getByRole('heading', { name: 'Step 2 of 2: Review' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy as a script' })).toBeVisible();
}

/** How many ended how. */
const endings = ({ items }: Ran): Record<string, number> => {
  const counts = { done: 0, skipped: 0, failed: 0, unknown: 0 };
  for (const line of items) counts[line.split(' ')[0] as keyof typeof counts] += 1;
  return counts;
};

/**
 * Where a connection breaks a browser sends the request again by itself, and reads the second answer: done. A script finds that it
 * is so already, and nobody can tell by whom: skipped.
 */
const apart = ({ done = 0, skipped = 0, ...others }: Record<string, number>) => ({
  doneOrSkipped: done + skipped,
  ...others,
});

async function jobEndings(page: Page): Promise<Record<string, number>> {
  await seeOver(page, 40_000);
  const counts: Record<string, number> = {};
  for (const status of ['done', 'skipped', 'failed', 'unknown']) {
    counts[status] = Number(await page.locator(`dt:has-text("${status}") + dd`).first().innerText());
  }
  return counts;
}

for (const name of Object.keys(WIZARDS) as (keyof typeof WIZARDS)[]) {
  if (name === 'external-ids many') continue;
  test(`promise 13, ${name}, ${LANGUAGES.join(' and ')}: with the same faults the homeserver ends as after the job`, async ({
    page,
    stage,
    manners,
  }) => {
    // A connection that is cut, and a proxy's page.
    manners.expected.push(/blocked by CORS policy/);
    const commands = { bash: await commandFor('bash'), python: await commandFor('python') };
    const wizard = WIZARDS[name];
    await planOf(page, stage, name);
    const scripts = { bash: await takeScript(page, 'bash'), python: await takeScript(page, 'python') };

    const afterJob = stage.anew(wizard, wizard.faults);
    await wizard.confirm(page);
    const told = await jobEndings(page);

    for (const language of LANGUAGES) {
      const [command, script] = [commands[language], scripts[language]];
      const afterScript = stage.anew(wizard, wizard.faults);
      const ran = await runScript(command, script, afterScript.adminToken);
      expect(wizard.state(afterScript), ran.out).toEqual(wizard.state(afterJob));
      expect(apart(endings(ran)), ran.out).toEqual(apart(told));
      expect(ran.code, ran.out).toBe(told['failed'] === 0 ? 0 : 1);
      expect([afterJob.crashes, afterScript.crashes]).toEqual([[], []]);

      // Once more: it changes nothing.
      const writes = afterScript.log.writes().length;
      const again = await runScript(command, script, afterScript.adminToken);
      expect(wizard.state(afterScript), again.out).toEqual(wizard.state(afterJob));
      if (!name.includes(' ')) {
        const sent = afterScript.log.writes().slice(writes);
        const left = sent.filter(({ path }) => !/make_room_admin|client\/(?:v3|r0)\/join|@u8:/.test(path));
        expect(left.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
      }
    }
  });
}

for (const language of LANGUAGES) {
  test(`${language}: a token that is lost in the middle ends it, and the next run does what is left`, async ({
    page,
    stage,
  }) => {
    const command = await commandFor(language);
    await planOf(page, stage, 'external-ids');
    const script = await takeScript(page, language);
    const model = stage.anew({ fill: externalIds.fill }, [{ match: /^PUT /, after: 5, answer: '401', times: 1000 }]);
    const first = await runScript(command, script, model.adminToken);
    expect(first.code, first.out).toBe(3);
    expect(first.out).toContain('The homeserver does not accept the access token');
    expect(first.out).toContain('5 done, 0 skipped, 0 failed, 0 unknown, 14 not started');
    expect(model.log.count('PUT')).toBe(6);
    model.faults.clear();

    // An admin no more.
    const admin = model.state.users.get(model.adminId);
    if (admin) admin.admin = false;
    const second = await runScript(command, script, model.adminToken);
    expect(second.code, second.out).toBe(3);
    expect(second.out).toContain('You are not a server admin');
    if (admin) admin.admin = true;

    const third = await runScript(command, script, model.adminToken, {
      onLine: (line, stop) => line.startsWith('[9/19]') && stop(),
    });
    expect(third.code, third.out).toBe(130);
    const last = await runScript(command, script, model.adminToken);
    expect(last.code, last.out).toBe(0);
    const left = [...model.state.users.values()].flatMap((user) => user.external_ids);
    expect(left.filter(({ auth_provider }) => auth_provider !== 'oidc-google')).toEqual([]);
    // Each user once, and the one who was refused once more.
    expect(new Set(model.log.of('PUT').map(({ rawPath }) => rawPath)).size).toBe(19);
    expect(model.log.count('PUT')).toBeLessThanOrEqual(21);
  });

  test(`${language}: begins nothing without its token, as somebody else, or with a part of it missing`, async ({
    page,
    stage,
  }) => {
    const command = await commandFor(language);
    await planOf(page, stage, 'external-ids');
    const script = await takeScript(page, language);
    const model = stage.anew(externalIds);
    const text = await readFile(script, 'utf8');
    expect(text).not.toContain(model.adminToken);
    const refusedWith = async (token: string, why: RegExp, file = script) => {
      const ran = await runScript(command, file, token);
      expect(ran.code, ran.out).toBe(2);
      expect(ran.out).toMatch(why);
    };
    await refusedWith('', /GLIA_TOKEN is not set/);
    await refusedWith('abc"\nurl = "http://elsewhere', /no access token has/);
    const other = addUser(model, { localpart: 'second', admin: true });
    await refusedWith(
      model.issueToken(other.name, 'DEVICE'),
      /This access token does not belong to @admin:demo\.example, who made this plan/,
    );
    const cut = `${script}.cut`;
    for (const end of [text.indexOf('@u5'), text.indexOf('["@gone')]) {
      await writeFile(cut, text.slice(0, end));
      const ran = await runScript(command, cut, model.adminToken);
      expect(ran.code, ran.out).not.toBe(0);
    }
    expect(model.log.writes()).toEqual([]);
  });

  test(`${language}: stops and asks when the first items or too many fail`, async ({ page, stage }) => {
    const command = await commandFor(language);
    await planOf(page, stage, 'external-ids many');
    const script = await takeScript(page, language);
    const { fill } = WIZARDS['external-ids many'];
    const late = stage.anew({ fill }, [{ match: /^PUT /, after: 19, answer: '403', times: 3 }]);
    const most = await runScript(command, script, late.adminToken);
    expect(most.code, most.out).toBe(4);
    // One of twenty is 5 %, two of 21 are more.
    expect(endings(most)).toEqual({ done: 19, skipped: 0, failed: 2, unknown: 0 });
    expect(most.out).toContain('2 not started');
    const model = stage.anew({ fill }, [{ match: /^PUT /, answer: '403', times: 3 }]);
    const first = await runScript(command, script, model.adminToken);
    expect(first.code, first.out).toBe(4);
    expect(first.items).toHaveLength(1);
    expect(first.items[0]).toContain('Refused by a policy of this homeserver');
    const all = await runScript(command, script, model.adminToken, { env: { GLIA_GO_ON: '1' } });
    expect(all.code, all.out).toBe(1);
    expect(endings(all)).toEqual({ done: 21, skipped: 0, failed: 2, unknown: 0 });
  });
}

test('bash: the token is no argument of a program that it starts, and not in its environment', async ({
  page,
  stage,
}) => {
  await commandFor('bash');
  await planOf(page, stage, 'external-ids');
  const script = await takeScript(page, 'bash');
  const model = stage.anew(externalIds);
  const folder = await mkdtemp(join(tmpdir(), 'glia-bin-'));
  for (const tool of ['curl', 'jq']) {
    const real = spawnSync('sh', ['-c', `command -v ${tool}`])
      .stdout.toString()
      .trim();
    const spy = `#!/bin/sh\nprintf '%s\\n' "$0" "$@" >>'${folder}/args'\nenv >>'${folder}/env'\nexec '${real}' "$@"\n`;
    await writeFile(join(folder, tool), spy, { mode: 0o755 });
  }
  const ran = await runScript('bash', script, model.adminToken, { env: { PATH: `${folder}:${process.env.PATH}` } });
  expect(ran.code, ran.out).toBe(0);
  const [args, env] = await Promise.all(['args', 'env'].map((name) => readFile(join(folder, name), 'utf8')));
  await rm(folder, { recursive: true });
  expect(args).toContain('--config');
  for (const said of [args, env]) expect(said).not.toContain(model.adminToken);
});

test('is copied as it is saved, and there is none of a plan with nothing to do', async ({ page, stage, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await planOf(page, stage, 'delete-media');
  const saved = await readFile(await takeScript(page, 'python'), 'utf8');
  await press(page, 'Copy as a script');
  const dialog = page.getByRole('dialog', { name: 'The plan as a script' });
  await expect(dialog.getByText('GLIA_TOKEN').first()).toBeVisible();
  await dialog.getByLabel('Python script with requests').check();
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('Copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(saved);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Copy as a script' })).toBeFocused();

  await page.getByRole('link', { name: 'Back to choosing' }).click();
  await page.getByLabel('Date', { exact: true }).fill('2015-01-01');
  await press(page, 'Review');
  const button = page.getByRole('button', { name: 'Copy as a script' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAttribute('aria-description', 'There is nothing to do.');
  // Reachable, so that its reason can be read; pressing it does nothing.
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
});

const withNul = (model: MockHomeserver) =>
  void addUser(model, { localpart: 'nul', external_ids: [{ auth_provider: 'saml', external_id: 'a\0b' }] });

test('a plan with a NUL gets no bash script, and the dialog says why; Python’s carries it', async ({ page, stage }) => {
  const model = stage.anew({ fill: withNul });
  await signIn(page, stage.url, model.adminToken, '/external-ids/choose');
  await press(page, 'Read their external ids');
  await page.getByRole('radio', { name: 'saml' }).check();
  await press(page, 'Review');
  await press(page, 'Copy as a script');
  const dialog = page.getByRole('dialog', { name: 'The plan as a script' });
  await dialog.getByRole('button', { name: 'Save as a file' }).click();
  await expect(dialog.getByRole('alert')).toContainText('This plan can’t be a bash script');
  await expect(dialog.getByRole('alert')).toContainText('Use the Python script');
  await page.keyboard.press('Escape');
  expect(await readFile(await takeScript(page, 'python'), 'utf8')).toContain('a\\u0000b');
});

for (const name of ['external-ids', 'join-rooms', 'delete-media remote'] as const) {
  test(`${name}: the dialog keeps the accessibility rules and the width of a phone`, async ({ page, stage }) => {
    await planOf(page, stage, name);
    await press(page, 'Copy as a script');
    await expect(page.getByRole('dialog', { name: 'The plan as a script' })).toBeVisible();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await seeNoSidewaysScrolling(page, `${name} ${width}`);
      await seeNoAxeViolationInEitherScheme(page, `${name} ${width}`);
    }
  });
}
