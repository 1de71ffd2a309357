import { isAtLeast } from '../../src/lib/versions.ts';

/** Old Synapses ask for the newest of what they build on, and some of that has changed under them since. */
const PINS: readonly { before: string; pin: string }[] = [
  // Newer ones broke what Synapse's metrics build on.
  { before: '1.146', pin: 'prometheus_client==0.20.0' },
  // Synapse called `Headers._encodeName` of Twisted, which 24.10 no longer has (Synapse#17894).
  { before: '1.119', pin: 'Twisted==24.7.0' },
  // It asked for no pydantic older than 2 before that one existed.
  { before: '1.88', pin: 'pydantic<2' },
  // Without `pkg_resources` from 81 on.
  { before: '1.119', pin: 'setuptools<81' },
];

/** What to install beside this version so that it starts today. */
export const pinsFor = (version: string): string[] =>
  PINS.filter(({ before }) => !isAtLeast(version, before)).map(({ pin }) => pin);
