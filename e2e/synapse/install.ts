import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onPath, run } from './command.ts';
import { places } from './places.ts';

/** How to start Synapse's main module: `command ...args -m synapse.app.homeserver`. */
export interface Launcher {
  command: string;
  args: string[];
  env: Record<string, string>;
  from: string;
}

// 1.157 is the first with the media, redaction and startup rules that this product relies on.
const MINIMUM = [1, 157] as const;
const REQUIREMENT = `matrix-synapse[oidc]>=${MINIMUM.join('.')}`;
const MINUTES_MS = 60_000;

const CHECK = [
  'import synapse, authlib',
  'from synapse.util import SYNAPSE_VERSION as v',
  'v = getattr(synapse, "__version__", v)',
  'parts = tuple(int(p) for p in v.split()[0].split("(")[0].split("rc")[0].split("+")[0].split(".")[:2])',
  `assert parts >= (${MINIMUM.join(', ')}), v`,
].join('\n');

/** True where this launcher's Python imports a Synapse that is new enough. */
async function works(launcher: Launcher): Promise<boolean> {
  const env = Object.entries(launcher.env).map(([key, value]) => `${key}=${value}`);
  const args = [...env, launcher.command, ...launcher.args, '-c', CHECK];
  return (await run('env', args, { timeoutMs: MINUTES_MS })).ok;
}

/** A Python of 3.10 or newer; Synapse's wheels want at least that. Throws with what to install. */
async function findPython(): Promise<string> {
  const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];
  const paths = [...(await Promise.all(names.map(onPath))), '/usr/bin/python3'];
  for (const path of paths) {
    if (!path) continue;
    const probe = await run(path, ['-c', 'import sys; assert sys.version_info >= (3, 10)'], { timeoutMs: MINUTES_MS });
    if (probe.ok) return path;
  }
  throw new Error('Synapse needs Python 3.10 or newer: install python3 (and python3-venv on Debian), then run again.');
}

const rootUser = (): boolean => process.getuid?.() === 0;

async function makeVenv(python: string, folder: string): Promise<void> {
  const make = (): ReturnType<typeof run> => run(python, ['-m', 'venv', folder], { timeoutMs: 2 * MINUTES_MS });
  let made = await make();
  if (made.ok) return;
  if (rootUser() && (await onPath('apt-get'))) {
    // Debian and Ubuntu ship venv without ensurepip until python3-venv is there.
    await run('apt-get', ['update', '-q'], { timeoutMs: 5 * MINUTES_MS });
    await run('apt-get', ['install', '-y', '-q', 'python3-venv'], { timeoutMs: 5 * MINUTES_MS });
    await rm(folder, { recursive: true, force: true });
    made = await make();
    if (made.ok) return;
  }
  throw new Error(
    `No virtual environment could be made. On Debian and Ubuntu: apt-get install -y python3-venv\n${made.tail}`,
  );
}

const venvLauncher = (folder: string): Launcher => ({
  command: join(folder, 'bin/python'),
  args: [],
  env: {},
  from: 'PyPI',
});

async function fromPyPI(): Promise<Launcher> {
  const ready = venvLauncher(places.venv);
  if (await works(ready)) return ready;
  const python = await findPython();
  await rm(places.venv, { recursive: true, force: true });
  await mkdir(dirname(places.venv), { recursive: true });
  console.log('Synapse: making a virtual environment (once, about half a minute) …');
  await makeVenv(python, places.venv);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', REQUIREMENT];
  const installed = await run(ready.command, install, { timeoutMs: 10 * MINUTES_MS });
  if (!installed.ok || !(await works(ready))) {
    await rm(places.venv, { recursive: true, force: true });
    throw new Error(`pip install '${REQUIREMENT}' failed:\n${installed.tail}`);
  }
  return ready;
}

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

/** Debian sid's package with all that it needs, fetched by debootstrap (which wants root) and unpacked side by side. */
async function fromDebian(): Promise<Launcher> {
  const ready = await debianLauncher(places.debian);
  if (ready && (await works(ready))) return ready;
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
  const mirror = process.env.DEBIAN_MIRROR ?? 'http://deb.debian.org/debian';
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
  if (!made || !(await works(made)))
    throw new Error(`What Debian sid has does not start, or is older than ${REQUIREMENT}.`);
  return made;
}

/**
 * A Synapse of 1.157 or newer: from PyPI in a virtual environment, else Debian sid's.
 * Made once in .cache/synapse. SYNAPSE_FROM=debian passes PyPI over. Throws with both reasons where neither can be had.
 */
export async function installSynapse(): Promise<Launcher> {
  if (process.env.SYNAPSE_FROM === 'debian') return fromDebian();
  try {
    return await fromPyPI();
  } catch (pypi) {
    console.log(`Synapse: ${String(pypi)}\nTrying Debian sid instead.`);
    try {
      return await fromDebian();
    } catch (debian) {
      throw new Error(`No Synapse to test against.\nPyPI: ${String(pypi)}\nDebian: ${String(debian)}`, {
        cause: debian,
      });
    }
  }
}
