import { expect, it } from 'vitest';
import { forgetsIn, KEPT_BY_TAB } from './token-words';

it('a sign-out promises no more than its own tab, or the tabs that are signed in at the same URL', () => {
  expect(forgetsIn(false)).toBe('in this tab.');
  expect(forgetsIn(true)).toMatch(/all tabs .* at this URL .* at another URL of it stays signed in/);
});

it('what a tab keeps of the token is said for a crash, too', () => {
  expect(KEPT_BY_TAB).toMatch(
    /a minute after you close .* After a crash the tab stays signed in, until Glia was not used/,
  );
});
