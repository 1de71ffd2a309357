import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { machinesDebianMirror } from './apt-sources.ts';
import { onPath, rootUser, run } from './command.ts';
import type { Launcher } from './install.ts';
import { places } from './places.ts';

const MINUTES_MS = 60_000;

/**
 * Debian's Python with Debian's own loader and libraries, whatever this machine's are: neither chroot nor
 * container, so that it sees the same files as everybody. Undefined where nothing is unpacked.
 */
async function debianLauncher(folder: string): Promise<Launcher | undefined> {
  const lib = join(folder, 'usr/lib');
  for (const triplet of await readdir(lib).catch(() => [])) {
    if (!triplet.includes('-linux-gnu')) continue;
    const libraries = join(lib, triplet);
    const loader = (await readdir(libraries)).find((name) => name.startsWith('ld-linux'));
    if (!loader) continue;
    return {
      command: join(libraries, loader),
      args: ['--library-path', libraries, join(folder, 'usr/bin/python3')],
      env: { PYTHONHOME: join(folder, 'usr') },
      from: 'Debian sid',
    };
  }
  return undefined;
}

// The resolver of debootstrap doesn't know virtual packages: what provides cffi's interface is named.
const PACKAGES = 'matrix-synapse,python3-authlib,python3-cffi-backend';

/**
 * Debian sid's package with all that it needs, fetched by debootstrap (which wants root) from the mirror that this machine's
 * own apt uses, and unpacked side by side.
 */
export async function fromDebian(
  works: (launcher: Launcher) => Promise<{ ok: boolean; tail: string }>,
): Promise<Launcher> {
  const ready = await debianLauncher(places.debian);
  if (ready && (await works(ready)).ok) return ready;
  const mirror = process.env.DEBIAN_MIRROR ?? (await machinesDebianMirror());
  if (!mirror) {
    throw new Error('This machine’s apt sources name no mirror of Debian: set DEBIAN_MIRROR to the URL of one.');
  }
  if (!rootUser()) throw new Error('debootstrap needs root.');
  if (!(await onPath('debootstrap'))) {
    await run('apt-get', ['update', '-q'], { timeoutMs: 5 * MINUTES_MS });
    const got = await run('apt-get', ['install', '-y', '-q', 'debootstrap'], { timeoutMs: 5 * MINUTES_MS });
    if (!got.ok) throw new Error(`No debootstrap, and apt-get install debootstrap failed:\n${got.tail}`);
  }
  console.log('Synapse: unpacking Debian sid (once, about a minute) …');
  const fetched = `${places.debian}.fetched`;
  const folder = `${places.debian}.part`;
  for (const path of [fetched, folder, places.debian]) await rm(path, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const args = ['--variant=minbase', '--download-only', `--include=${PACKAGES}`, 'sid', fetched, mirror];
  const done = await run('debootstrap', args, { timeoutMs: 20 * MINUTES_MS });
  if (!done.ok) throw new Error(`debootstrap of Debian sid failed:\n${done.tail}`);
  const archives = join(fetched, 'var/cache/apt/archives');
  for (const name of await readdir(archives)) {
    if (!name.endsWith('.deb')) continue;
    // Unpacked, not installed: no package's scripts run, and no service starts.
    const unpacked = await run('dpkg-deb', ['-x', join(archives, name), folder], { timeoutMs: MINUTES_MS });
    if (!unpacked.ok) throw new Error(`${name} could not be unpacked:\n${unpacked.tail}`);
  }
  await rm(fetched, { recursive: true, force: true });
  await rename(folder, places.debian);
  const made = await debianLauncher(places.debian);
  const tried = made && (await works(made));
  if (!made || !tried?.ok) throw new Error(`What Debian sid has does not start, or is too old. ${tried?.tail ?? ''}`);
  return made;
}
