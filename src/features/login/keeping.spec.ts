import { expect, it } from 'vitest';
import { FORGET_AFTER_MS } from '~/data/session';
import { KEEP_BY_DEFAULT, keepingOf } from './keeping';

it('how long the token is kept comes back from storage as it was chosen, and as usual where it can’t be read', () => {
  const chosen = { keep: 'page', forgetAfterMs: FORGET_AFTER_MS[0] } as const;
  expect(keepingOf(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
  for (const odd of [undefined, null, 'page', { keep: 'for ever', forgetAfterMs: 1 }, { ...chosen, forgetAfterMs: 1 }])
    expect(keepingOf(odd)).toEqual(KEEP_BY_DEFAULT);
});
