import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

/**
 * Whatever begins a change says before that it can’t be made: in read-only mode, where `config.json` leaves it out, on this version of
 * Synapse. That it is not sent either is the request's to see to (`features/console/read-only.spec.ts`).
 */

const root = new URL('..', import.meta.url).pathname;
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = ['features', 'entities', 'app'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => /\.tsx?$/.test(name) && !/\.spec\.tsx?$/.test(name)),
);

const BEGINS = /\b(?:startJob|startAction|startPlaybook|startAccounts|beginOne|requestAsIs|uploadFile)\(/;
/** The bar of a review, a button of its own, or the guard of the action. */
const LOOKS = /~\/ui\/wizard\/Review'|whyNot\(|useHeld\(|\.guard\?\.\(|whyNoErasure\(/;

/** Where it is looked at instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'entities/action/HandedShown.tsx': 'ends an access token that Glia has just got; the error stands beside the button',
  'features/console/use-console.ts': 'ConsolePage.tsx',
  'features/registration-tokens/CreateTokens.tsx': 'CreateButton.tsx opens it',
  'features/users/UserAvatar.tsx': 'ActionPencil opens it',
};

/** With the parts of the same folder that it shows: the review of a wizard. */
const looks = (file: string): boolean => {
  const text = read(file);
  const parts = [...text.matchAll(/from '\.\/([\w-]+)'/g)]
    .map(([, name]) => join(dirname(file), name ?? ''))
    .flatMap((name) => files.filter((one) => one === `${name}.ts` || one === `${name}.tsx`));
  return [text, ...parts.map(read)].some((one) => LOOKS.test(one));
};

it('each button that begins a change knows why it can’t be pressed', () => {
  const begin = files.filter((file) => BEGINS.test(read(file)));
  expect(begin.length).toBeGreaterThan(15);
  const unaware = begin.filter((file) => !looks(file) && !(file in ELSEWHERE));
  expect(unaware).toEqual([]);
  expect(Object.keys(ELSEWHERE).filter((file) => !begin.includes(file))).toEqual([]);
});
