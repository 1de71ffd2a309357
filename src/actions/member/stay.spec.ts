import { describe, expect, it } from 'vitest';
import { isSameStay } from './stay';

const seen = { id: '$join', ts: 7 };
const now = (id: string | null, replaces: string | null = null, ts = 7) => ({ id, replaces, ts });

describe('a user is in by the same join', () => {
  it('where the event is the same, or only a name was changed since', () => {
    expect(isSameStay(seen, now('$join'))).toBe(true);
    expect(isSameStay(seen, now('$renamed', '$join', 9))).toBe(true);
  });

  it('not where they left and came back', () => {
    expect(isSameStay(seen, now('$again', '$left'))).toBe(false);
  });

  it('by the time of the event where the homeserver does not name it', () => {
    expect(isSameStay(seen, now(null))).toBe(true);
    expect(isSameStay({ id: null, ts: 7 }, now('$join'))).toBe(true);
    expect(isSameStay(seen, now(null, null, 8))).toBe(false);
  });
});
