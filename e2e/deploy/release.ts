import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ARCHIVE = 'release/glia.tar.gz';

/** @throws an Error with what the command wrote */
function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stdout}${done.stderr}`);
}

/** Makes the release. @returns the SHA-256 of its archive, as hex */
export function makeRelease(): string {
  run('npm', ['run', '--silent', 'release']);
  return createHash('sha256').update(readFileSync(ARCHIVE)).digest('hex');
}

let unpacked: string | undefined;

/** The release as an admin unpacks it. @returns the folder with `index.html`, which all may read and nobody owns */
export function unpackedRelease(): Promise<string> {
  if (unpacked === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'glia-release-'));
    chmodSync(folder, 0o755);
    run('tar', ['xzf', ARCHIVE, '-C', folder]);
    unpacked = join(folder, 'glia');
  }
  return Promise.resolve(unpacked);
}
