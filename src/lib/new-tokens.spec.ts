import { describe, expect, it } from 'vitest';
import { isToken, makeToken } from './new-tokens';
import { forgetTokenNames, nameOfToken, tokenOfName } from './token-names';

describe('registration tokens that the page makes', () => {
  it('are as long as asked for, of letters that Synapse takes, and never the same', () => {
    for (const length of [8, 16, 64]) expect(makeToken(length)).toMatch(new RegExp(`^[A-Za-z2-9]{${length}}$`));
    expect(makeToken(16)).not.toBe(makeToken(16));
  });

  it('are no less random where bytes fall beyond the alphabet', () => {
    let count = 0;
    const fill = (bytes: Uint8Array<ArrayBuffer>) => bytes.fill((count += 1) === 1 ? 255 : 0);
    expect(makeToken(3, fill)).toBe('aaa');
  });

  it.each(['a', 'summer-school', 'A.b_c~d-9'])('may be typed: %s', (token) => expect(isToken(token)).toBe(true));
  it.each(['', 'with space', 'ä', 'a/b', 'new', '..', 'x'.repeat(65)])('may not be typed: “%s”', (token) =>
    expect(isToken(token)).toBe(false),
  );
});

describe('the name of a registration token', () => {
  it('gives the token away to nobody, and is the same each time', () => {
    const token = 'summer-school-of-2026';
    const name = nameOfToken(token);
    expect(name).toMatch(/^su…26\.[a-z0-9]+$/);
    expect(nameOfToken(token)).toBe(name);
    expect(nameOfToken('friends')).toMatch(/^…\.[a-z0-9]+$/);
    expect(nameOfToken('summer-school-of-2025')).not.toBe(name);
  });

  it('leads back to it on the page that knows it, until it is forgotten', () => {
    const name = nameOfToken('friends');
    expect(tokenOfName(name)).toBe('friends');
    forgetTokenNames();
    expect(tokenOfName(name)).toBeUndefined();
  });
});
