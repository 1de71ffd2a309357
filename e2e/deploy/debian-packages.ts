import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';

const FOLDER = fileURLToPath(new URL('../../.cache/deploy/debian', import.meta.url));
const PACKAGES = [
  'nginx',
  'nginx-common',
  'libnginx-mod-http-brotli-static',
  'caddy',
  'apache2-bin',
  'libapr1',
  'libaprutil1',
];

function run(command: string, args: readonly string[], cwd?: string): void {
  const done = spawnSync(command, args, { encoding: 'utf8', cwd });
  if (done.status === 0) return;
  throw new Error(`${command} ${args.join(' ')} failed: ${done.error?.message ?? done.stdout + done.stderr}`);
}

/**
 * Debian's web servers, unpacked and not installed: no package's scripts run, and no service starts.
 * @returns the folder that stands for `/`
 * @throws an Error that names the command that failed: these tests need Debian, or a system that has its apt
 */
export async function debianPackages(): Promise<string> {
  if (existsSync(FOLDER)) return FOLDER;
  const part = `${FOLDER}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(join(part, 'root'), { recursive: true });
  // Not as root, apt downloads as well; what it can’t do then is to bring its lists up to date.
  if (process.getuid?.() === 0) run('apt-get', ['update', '-q']);
  run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', ...PACKAGES], part);
  for (const name of await readdir(part))
    if (name.endsWith('.deb')) run('dpkg-deb', ['-x', join(part, name), join(part, 'root')]);
  await rename(join(part, 'root'), FOLDER);
  await rm(part, { recursive: true });
  return FOLDER;
}
