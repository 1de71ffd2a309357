import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAtLeast } from '../../src/lib/versions.ts';
import { onPath, rootUser, run } from './command.ts';
import { fromDebian } from './debian.ts';
import { pinsFor } from './pins.ts';
import { places } from './places.ts';

/** How to start Synapse's main module: `command ...args -m synapse.app.homeserver`. */
export interface Launcher {
  command: string;
  args: string[];
  env: Record<string, string>;
  from: string;
}

// 1.157 is the first with the media, redaction and startup rules that this product relies on.
const MINIMUM = '1.157';
const MINUTES_MS = 60_000;

/** `--version` of the command line: exactly this one, however old. Undefined: the newest. */
const wantedVersion = (): string | undefined => process.env.SYNAPSE_VERSION;

// Old versions have their number in `synapse`, new ones in `synapse.util`.
const VERSION = [
  'import authlib, synapse',
  'import synapse.app.homeserver, synapse.util as util',
  'v = getattr(synapse, "__version__", None) or util.SYNAPSE_VERSION',
  'print("\\nSYNAPSE", v.split()[0].split("(")[0])',
].join('\n');

/** Whether this launcher's Python imports the Synapse that is wanted; what it says where it does not. */
async function works(launcher: Launcher): Promise<{ ok: boolean; tail: string }> {
  const env = Object.entries(launcher.env).map(([key, value]) => `${key}=${value}`);
  const args = [...env, launcher.command, ...launcher.args, '-c', VERSION];
  const { ok, tail } = await run('env', args, { timeoutMs: MINUTES_MS });
  const version = /^SYNAPSE (\S+)$/m.exec(tail)?.[1];
  if (!ok || version === undefined) return { ok: false, tail };
  const wanted = wantedVersion();
  const fits = wanted ? version === wanted : isAtLeast(version, MINIMUM);
  return { ok: fits, tail: `It is Synapse ${version}.` };
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
  const wanted = wantedVersion();
  // Each wanted version lies in a folder of its own: the newest stays as it is.
  const venv = wanted ? `${places.venv}-${wanted}` : places.venv;
  const ready = venvLauncher(venv);
  if ((await works(ready)).ok) return ready;
  const python = await findPython();
  await rm(venv, { recursive: true, force: true });
  await mkdir(dirname(venv), { recursive: true });
  console.log('Synapse: making a virtual environment (once, about half a minute) …');
  await makeVenv(python, venv);
  const packages = wanted
    ? [`matrix-synapse[oidc]==${wanted}`, ...pinsFor(wanted)]
    : [`matrix-synapse[oidc]>=${MINIMUM}`];
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
  const installed = await run(ready.command, install, { timeoutMs: 10 * MINUTES_MS });
  const made = installed.ok ? await works(ready) : installed;
  if (!made.ok) {
    await rm(venv, { recursive: true, force: true });
    throw new Error(`pip install ${packages.map((one) => `'${one}'`).join(' ')} failed:\n${made.tail}`);
  }
  return ready;
}

/**
 * A Synapse of 1.157 or newer: from PyPI in a virtual environment, else Debian sid's. SYNAPSE_VERSION asks for exactly that
 * version, which only PyPI has. Made once in .cache/synapse. SYNAPSE_FROM=debian passes PyPI over. Throws with the reasons
 * where none can be had.
 */
export async function installSynapse(): Promise<Launcher> {
  if (wantedVersion()) return fromPyPI();
  if (process.env.SYNAPSE_FROM === 'debian') return fromDebian(works);
  try {
    return await fromPyPI();
  } catch (pypi) {
    console.log(`Synapse: ${String(pypi)}\nTrying Debian sid instead.`);
    try {
      return await fromDebian(works);
    } catch (debian) {
      throw new Error(`No Synapse to test against.\nPyPI: ${String(pypi)}\nDebian: ${String(debian)}`, {
        cause: debian,
      });
    }
  }
}
