import { expect, it } from 'vitest';
import { canUndo, needsTyping } from '~/actions/action';
import { makeAdmin, revokeAdmin } from './admin';
import { lock } from './lock';

it('rights of server admins are given and taken only by typing the name, though that can be undone', () => {
  expect([makeAdmin, revokeAdmin, lock].map((one) => [needsTyping(one), canUndo(one)])).toEqual([
    [true, true],
    [true, true],
    [false, true],
  ]);
});
