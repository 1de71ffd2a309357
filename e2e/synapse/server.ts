import { createHmac, randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cp, mkdir, open, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, must } from './client.ts';
import {
  bridgePath,
  bridgeRegistration,
  configPath,
  homeserverConfig,
  logConfig,
  mediaPath,
  sqlitePath,
} from './config.ts';
import { installSynapse } from './install.ts';
import type { Launcher } from './install.ts';
import type { Sso } from './config.ts';
import { places } from './places.ts';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 20_000;
const ADMIN = { localpart: 'admin', password: 'the-admin-of-glia' } as const;
const SERVER_NAME = 'glia.test';
const pidPath = (dataDir: string): string => join(dataDir, 'synapse.pid');

export interface RealSynapse {
  baseUrl: string;
  serverName: string;
  /** As it says it itself. */
  version: string;
  adminId: string;
  adminToken: string;
  adminPassword: string;
  /** Ours: started here, with its files within reach. Undefined for one that runs elsewhere (SYNAPSE_URL). */
  own: OwnSynapse | undefined;
  stop(): Promise<void>;
}

export interface OwnSynapse {
  dataDir: string;
  sqlitePath: string;
  mediaPath: string;
  sharedSecret: string;
  logPath: string;
  /** What it offers besides, from its next start until it is put back. */
  sso: Sso | undefined;
  /** Starts it (again) and waits until /health answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>;
  /** Stands still (SIGSTOP): connections stay open and nothing is answered until it is thawed. */
  freeze(): void;
  thaw(): void;
  restart(): Promise<void>;
  /** Copies the stopped server's files to `folder`; throws while it runs. */
  save(folder: string): Promise<void>;
  /** Stops, puts the files saved in `folder` back, starts: the same ids and tokens as then. */
  restore(folder: string): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  probe.on('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
  });
  return promise;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Ends the Synapse of a test run that was killed before it could do so itself. */
async function endOrphan(dataDir: string): Promise<void> {
  const pid = Number(await readFile(pidPath(dataDir), 'utf8').catch(() => '0'));
  // Only where it is that Synapse still: process ids are given out again.
  const commandLine = pid > 0 ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') : '';
  if (commandLine.includes(configPath(dataDir))) process.kill(pid, 'SIGKILL');
}

/** A fresh folder of this process; folders of processes that are gone are thrown away. */
async function freshDataDir(): Promise<string> {
  await mkdir(places.runs, { recursive: true });
  for (const name of await readdir(places.runs)) {
    const pid = Number(name.split('-')[0]);
    if (alive(pid)) continue;
    await endOrphan(join(places.runs, name));
    await rm(join(places.runs, name), { recursive: true, force: true });
  }
  const dataDir = join(places.runs, `${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(dataDir);
  return dataDir;
}

const running = new Set<ChildProcess>();
// A test run that dies must not leave a homeserver behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

async function logTail(logPath: string): Promise<string> {
  const log = await readFile(logPath, 'utf8').catch(() => '');
  return log.slice(-4000);
}

class OwnProcess implements OwnSynapse {
  readonly launcher: Launcher;
  readonly port: number;
  readonly dataDir: string;
  readonly sharedSecret: string;
  sso: Sso | undefined;
  #child: ChildProcess | undefined;

  constructor(launcher: Launcher, port: number, dataDir: string, sharedSecret: string) {
    this.launcher = launcher;
    this.port = port;
    this.dataDir = dataDir;
    this.sharedSecret = sharedSecret;
  }

  get sqlitePath(): string {
    return sqlitePath(this.dataDir);
  }
  get mediaPath(): string {
    return mediaPath(this.dataDir);
  }
  get logPath(): string {
    return join(this.dataDir, 'synapse.log');
  }

  async start(): Promise<void> {
    if (this.#child) throw new Error('This Synapse runs already.');
    const { dataDir, port, sharedSecret, launcher, sso } = this;
    const config = homeserverConfig({ serverName: SERVER_NAME, port, dataDir, sharedSecret, sso });
    await writeFile(configPath(dataDir), config);
    await writeFile(bridgePath(dataDir), bridgeRegistration());
    await writeFile(join(dataDir, 'log.yaml'), logConfig());
    const log = await open(this.logPath, 'a');
    const args = [...launcher.args, '-m', 'synapse.app.homeserver', '-c', configPath(dataDir)];
    const child = spawn(launcher.command, args, {
      cwd: dataDir,
      // Synapse adds the git branch around its package to its version; ours lies within this repository.
      env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(places.venv), ...launcher.env },
      stdio: ['ignore', log.fd, log.fd],
    });
    const state = { ended: '' };
    child.on('error', (error) => (state.ended ||= error.message));
    child.on('exit', (code, signal) => {
      state.ended ||= `it ended with ${signal ?? code}`;
      running.delete(child);
    });
    running.add(child);
    if (child.pid) await writeFile(pidPath(dataDir), String(child.pid));
    this.#child = child;
    await log.close();
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await this.#healthy())) {
      const reason = state.ended || (Date.now() > deadline && 'no answer from /health');
      if (reason) {
        await this.kill();
        throw new Error(
          `Synapse did not start (${reason}). The end of ${this.logPath}:\n${await logTail(this.logPath)}`,
        );
      }
      await sleep(100);
    }
  }

  async #healthy(): Promise<boolean> {
    try {
      return (await ask(`http://127.0.0.1:${this.port}`, '/health')).status === 200;
    } catch {
      return false;
    }
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.once('exit', () => resolve());
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await promise;
    clearTimeout(impatience);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async save(folder: string): Promise<void> {
    if (this.#child) throw new Error('Stop this Synapse before saving its files.');
    await rm(folder, { recursive: true, force: true });
    await cp(this.dataDir, folder, { recursive: true });
  }

  async restore(folder: string): Promise<void> {
    await this.kill();
    this.sso = undefined;
    const log = await readFile(this.logPath, 'utf8').catch(() => '');
    await rm(this.dataDir, { recursive: true, force: true });
    await cp(folder, this.dataDir, { recursive: true });
    await writeFile(this.logPath, log);
    await this.start();
  }
}

/** Shared-secret registration: the mac over nonce, name, password and admin (synapse-admin-api.md §1.11). */
async function registerAdmin(baseUrl: string, sharedSecret: string): Promise<{ userId: string; token: string }> {
  const route = '/_synapse/admin/v1/register';
  const { nonce } = await must<{ nonce: string }>(baseUrl, route);
  const mac = createHmac('sha1', sharedSecret)
    .update([nonce, ADMIN.localpart, ADMIN.password, 'admin'].join('\0'))
    .digest('hex');
  const json = { nonce, username: ADMIN.localpart, password: ADMIN.password, admin: true, mac };
  const made = await must<{ user_id: string; access_token: string }>(baseUrl, route, { method: 'POST', json });
  return { userId: made.user_id, token: made.access_token };
}

async function versionOf(baseUrl: string): Promise<string> {
  const route = '/_synapse/admin/v1/server_version';
  return (await must<{ server_version: string }>(baseUrl, route)).server_version;
}

async function elsewhere(url: string): Promise<RealSynapse> {
  const token = process.env.SYNAPSE_ADMIN_TOKEN;
  if (!token) throw new Error('SYNAPSE_URL is set: set SYNAPSE_ADMIN_TOKEN too, to a token of a server admin.');
  const baseUrl = url.replace(/\/+$/, '');
  const { user_id: adminId } = await must<{ user_id: string }>(baseUrl, '/_matrix/client/v3/account/whoami', { token });
  const serverName = adminId.slice(adminId.indexOf(':') + 1);
  const adminPassword = process.env.SYNAPSE_ADMIN_PASSWORD ?? '';
  const version = await versionOf(baseUrl);
  return {
    baseUrl,
    serverName,
    version,
    adminId,
    adminToken: token,
    adminPassword,
    own: undefined,
    stop: async () => {},
  };
}

export interface Saved {
  folder: string;
  sharedSecret: string;
  adminId: string;
  adminToken: string;
}

/**
 * A real Synapse: the one of SYNAPSE_URL, else one started here on a free loopback port, empty but
 * for its admin, or holding what `saved` holds. Throws with the end of its log where it does not start.
 */
export async function startSynapse(saved?: Saved): Promise<RealSynapse> {
  if (process.env.SYNAPSE_URL) return elsewhere(process.env.SYNAPSE_URL);
  const launcher = await installSynapse();
  const port = await freePort();
  const dataDir = await freshDataDir();
  const sharedSecret = saved?.sharedSecret ?? randomBytes(16).toString('hex');
  const own = new OwnProcess(launcher, port, dataDir, sharedSecret);
  const baseUrl = `http://127.0.0.1:${port}`;
  if (saved) await own.restore(saved.folder);
  else await own.start();
  const admin = saved ? { userId: saved.adminId, token: saved.adminToken } : await registerAdmin(baseUrl, sharedSecret);
  return {
    baseUrl,
    serverName: SERVER_NAME,
    version: await versionOf(baseUrl),
    adminId: admin.userId,
    adminToken: admin.token,
    adminPassword: ADMIN.password,
    own,
    stop: () => own.stop(),
  };
}
