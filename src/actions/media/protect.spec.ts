import { describe, expect, it } from 'vitest';
import { refusalOf } from '~/actions/reading';
import { wordsOf } from '~/lib/words';
import { protect, unprotect } from './protect';

const me = { id: 'mxc://other.example/cat', me: '@admin:hs.example' };
const file = (media_origin: string | null) => ({ media_info: { media_origin, quarantined_by: null } });

describe.each([
  ['protecting', protect],
  ['lifting the protection', unprotect],
])('%s', (_, action) => {
  it('is refused for a copy of another homeserver’s file: the request names no server', () => {
    expect(wordsOf(refusalOf(action, file('other.example'), me) ?? '')).toContain('only local files');
    expect(refusalOf(action, file(null), me)).toBeNull();
  });
});
