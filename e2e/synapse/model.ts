import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { places } from './places.ts';
import type { World } from './world.ts';

export interface Model {
  handle(request: Request): Promise<Response>;
  /** Bugs: what its rules threw. */
  readonly crashes: unknown[];
}

/** The model of src/mocks, filled alike, answering as this version of Synapse does. Vite loads it, for its imports are the app's (`~/`, no extensions). */
export async function makeModel(world: World, version: string): Promise<Model> {
  const file = join(places.root, 'e2e/synapse/fill-model.ts');
  if (!existsSync(join(places.root, 'src/mocks/homeserver.ts'))) throw new Error('src/mocks/homeserver.ts is missing.');
  const { module } = await runnerImport<{ filledModel: (world: World, version: string) => Model }>(file, {
    root: places.root,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '~': join(places.root, 'src') } },
  });
  return module.filledModel(world, version);
}
