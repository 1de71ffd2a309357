import { fileURLToPath } from 'node:url';

const root = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Everything that a run makes lies in the git-ignored .cache and dist. */
export const places = {
  root: root(''),
  dist: root('dist'),
  venv: root('.cache/synapse/venv'),
  debian: root('.cache/synapse/sid'),
  runs: root('.cache/synapse/data'),
  results: root('.cache/results'),
} as const;
