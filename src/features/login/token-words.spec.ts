import { expect, it } from 'vitest';
import { forgetsIn, keptByTab } from './token-words';

it('a sign-out promises no more than its own tab, or the tabs that are signed in at the same URL', () => {
  expect(forgetsIn(false, '@a:b', 'b')).toBe('Glia forgets the access token of @a:b at b in this tab.');
  expect(forgetsIn(true, '@a:b', 'b')).toMatch(
    /all tabs .* at this homeserver URL\. Tabs that use another URL .* stay signed in/,
  );
});

it('what a tab keeps of the token is said for a crash, too', () => {
  expect(keptByTab()).toMatch(
    /a minute after you close .* After a crash, the tab stays signed in until the time below/,
  );
});
