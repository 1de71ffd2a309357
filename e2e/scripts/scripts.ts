import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';

/** Scripts that the wizards hand out: got as a person gets them, and really run. */

export const LANGUAGES = ['bash', 'python'] as const;
export type Language = (typeof LANGUAGES)[number];

const RADIO: Readonly<Record<Language, string>> = {
  bash: 'Bash script with curl',
  python: 'Python script with requests',
};

const venv = fileURLToPath(new URL('../../.cache/scripts/venv', import.meta.url));
const pythonOf = (folder: string) => join(folder, 'bin/python');
const works = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** A Python that has requests: this machine's, else one of our own in .cache; null where none can be had. */
async function pythonWithRequests(): Promise<string | null> {
  for (const python of ['python3', pythonOf(venv)]) if (works(python, '-c', 'import requests')) return python;
  // Made aside and renamed, since tests that run side by side may all find it missing.
  await mkdir(dirname(venv), { recursive: true });
  const folder = await mkdtemp(`${venv}-`);
  const made =
    works('python3', '-m', 'venv', folder) && works(pythonOf(folder), '-m', 'pip', 'install', '--quiet', 'requests');
  // Whoever was first has made it; a folder with something in it is not replaced.
  if (made) await rename(folder, venv).catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
  return works(pythonOf(venv), '-c', 'import requests') ? pythonOf(venv) : null;
}

/** What runs a script of this language here; null, said by the caller, where this machine lacks what it needs. */
export async function interpreter(language: Language): Promise<string | null> {
  if (language === 'python') return pythonWithRequests();
  return works('jq', '--version') && works('curl', '--version') ? 'bash' : null;
}

/** On the plan step: opens the dialog, chooses, saves. @returns where the file is */
export async function takeScript(page: Page, language: Language): Promise<string> {
  await page.getByRole('button', { name: 'Copy as a script' }).click();
  const dialog = page.getByRole('dialog', { name: 'The plan as a script' });
  await dialog.getByLabel(RADIO[language]).check();
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as a file' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(language === 'bash' ? /\.sh$/ : /\.py$/);
  const file = await download.path();
  // Nothing but printable ASCII: no mark of somebody's name can make it look like another script.
  expect(await readFile(file, 'utf8')).toMatch(/^[\n -~]*$/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  return file;
}

export interface Ran {
  code: number | null;
  out: string;
  /** The lines about items, without their numbers: `done    @anna:example.org: Left: …`. */
  items: string[];
}

/** What a script waits for between two tries is over at once. @returns the environment for that */
export async function withoutSleep(folder: string): Promise<Record<string, string>> {
  await writeFile(join(folder, 'sleep'), '#!/bin/sh\n', { mode: 0o755 });
  await writeFile(join(folder, 'sitecustomize.py'), 'import time\ntime.sleep = lambda seconds: None\n');
  return { PATH: `${folder}:${process.env.PATH}`, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1' };
}

/** Runs a script as it is, in an empty folder, which has to stay empty. `onLine` hears each line of its output. */
export async function runScript(
  command: string,
  file: string,
  token: string,
  more: { env?: Record<string, string>; onLine?: (line: string, stop: () => void) => void } = {},
): Promise<Ran> {
  const cwd = await mkdtemp(join(tmpdir(), 'glia-script-'));
  const env = { PATH: process.env.PATH, HOME: cwd, TMPDIR: cwd, GLIA_TOKEN: token, ...more.env };
  const child = spawn(command, [file], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  const hear = (chunk: Buffer) => {
    out += chunk.toString();
    for (const line of chunk.toString().split('\n')) more.onLine?.(line, () => child.kill('SIGTERM'));
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const { promise, resolve } = Promise.withResolvers<number | null>();
  child.on('close', resolve);
  const code = await promise;
  const left = spawnSync('ls', ['-A', cwd]).stdout.toString();
  await rm(cwd, { recursive: true, force: true });
  expect(left, `what the script left behind; it said: ${out}`).toBe('');
  const items = out.split('\n').flatMap((line) => /^\[\d+\/\d+\] (.*)$/.exec(line)?.[1] ?? []);
  return { code, out, items };
}
