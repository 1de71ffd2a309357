import { mkdir, rename, rm } from 'node:fs/promises';
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

// chroot instead of a container: all that is wanted is Debian's Python beside Debian's libraries.
const debianLauncher = (folder: string): Launcher => ({
  command: 'chroot',
  args: [folder, '/usr/bin/python3'],
  env: {},
  from: 'Debian sid',
});

/** Debian sid's package, unpacked by debootstrap. Needs root, for chroot. */
async function fromDebian(): Promise<Launcher> {
  const ready = debianLauncher(places.debian);
  if (!rootUser()) throw new Error('The fallback to Debian sid needs root (debootstrap, chroot).');
  if (await works(ready)) return ready;
  if (!(await onPath('debootstrap'))) {
    await run('apt-get', ['update', '-q'], { timeoutMs: 5 * MINUTES_MS });
    const got = await run('apt-get', ['install', '-y', '-q', 'debootstrap'], { timeoutMs: 5 * MINUTES_MS });
    if (!got.ok) throw new Error(`No debootstrap, and apt-get install debootstrap failed:\n${got.tail}`);
  }
  console.log('Synapse: unpacking Debian sid (once, some minutes) …');
  const folder = `${places.debian}.part`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const mirror = process.env.DEBIAN_MIRROR ?? 'http://deb.debian.org/debian';
  const packages = '--include=matrix-synapse,python3-authlib';
  // The packages' questions are answered with their defaults: the Debian service is never started.
  const args = ['--variant=minbase', packages, 'sid', folder, mirror];
  const done = await run('env', ['DEBIAN_FRONTEND=noninteractive', 'debootstrap', ...args], {
    timeoutMs: 20 * MINUTES_MS,
  });
  if (!(await works(debianLauncher(folder)))) throw new Error(`debootstrap of Debian sid failed:\n${done.tail}`);
  await rename(folder, places.debian);
  return ready;
}

/**
 * A Synapse of 1.157 or newer: from PyPI in a virtual environment, else Debian sid's.
 * Made once in .cache/synapse. Throws with both reasons where neither can be had.
 */
export async function installSynapse(): Promise<Launcher> {
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
