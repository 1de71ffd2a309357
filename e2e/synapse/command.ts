import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface CommandResult {
  ok: boolean;
  /** The end of stdout and stderr together, at most 4,000 characters. */
  tail: string;
}

/** Runs a command to its end. Never throws: a missing command is `ok: false` with the reason as its tail. */
export function run(command: string, args: readonly string[], options: { timeoutMs: number }): Promise<CommandResult> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: options.timeoutMs });
  let tail = '';
  const keep = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  child.on('error', (error) => resolve({ ok: false, tail: error.message }));
  child.on('close', (code, signal) =>
    resolve({ ok: code === 0, tail: signal ? `${tail}\n(ended by ${signal})` : tail }),
  );
  return promise;
}

/** The full path of a command that PATH knows, or undefined. */
export async function onPath(name: string): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: look in the next.
    }
  }
  return undefined;
}

export const rootUser = (): boolean => process.getuid?.() === 0;
