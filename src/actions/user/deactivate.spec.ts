import { expect, it } from 'vitest';
import { canUndo } from '~/actions/action';
import { deactivate, reactivate } from './deactivate';
import { wordsOf } from '~/lib/words';

/** What some versions of Synapse do besides. */

const said = (action: typeof deactivate, version: string, erase: boolean) =>
  action
    .consequences({ erase }, false, { server: { serverName: 'a', version, mas: false }, isMyself: false })
    .map(wordsOf)
    .join('\n');

it.each([
  ['1.149.1', true, false],
  ['1.150.0', false, true],
  ['1.156.2', false, true],
  ['1.157.0', false, false],
])(
  'on Synapse %s: an erased account may rejoin rooms: %s; can’t sign in when it comes back: %s',
  (version, joins, broken) => {
    const erasing = said(deactivate, version, true);
    expect([erasing.includes('to rooms again'), erasing.includes('can’t sign in')]).toEqual([joins, broken]);
    expect(said(reactivate, version, false).includes('can’t sign in')).toBe(broken);
    // Nothing of it without erasing.
    expect(said(deactivate, version, false)).not.toMatch(/to rooms again|can’t sign in,/);
  },
);

it('never undoes a reactivation: an undo asks nothing, and a deactivation takes what does not come back', () => {
  expect([canUndo(deactivate), canUndo(reactivate)]).toEqual([true, false]);
});
