import { readFile, writeFile } from 'node:fs/promises';
import { fill } from './fill.ts';
import { startSynapse } from './server.ts';
import type { RealSynapse, Saved } from './server.ts';
import type { World } from './world.ts';

export interface Filled {
  synapse: RealSynapse;
  world: World;
  /** How to get back to the state right after filling; undefined for a server that runs elsewhere. */
  saved: Saved | undefined;
}

/** Starts a Synapse, fills it, and keeps a copy of its files to go back to. */
export async function startFilled(): Promise<Filled> {
  const synapse = await startSynapse();
  const folder = synapse.own && `${synapse.own.dataDir}-filled`;
  const world = await fill(synapse, folder);
  const { own, adminId, adminToken } = synapse;
  const saved = own && folder ? { folder, sharedSecret: own.sharedSecret, adminId, adminToken } : undefined;
  return { synapse, world, saved };
}

interface Note {
  world: World;
  saved: Saved | undefined;
}

/** Notes what was filled in a file, for another process to go on with. */
export async function note({ world, saved }: Filled, file: string): Promise<void> {
  await writeFile(file, JSON.stringify({ world, saved } satisfies Note));
}

/** A Synapse holding what `note` noted: ours is started from its copy, one elsewhere still holds it. */
export async function startNoted(file: string): Promise<Filled> {
  const { world, saved } = JSON.parse(await readFile(file, 'utf8')) as Note;
  return { synapse: await startSynapse(saved), world, saved };
}
