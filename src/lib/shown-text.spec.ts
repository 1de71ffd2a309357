import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setLocale } from './locale';
import { isolated, isolatedWords, shownId, shownText, shownTitle } from './shown-text';

describe('a name as it is shown', () => {
  it('is itself, markup, letters that join, and emoji', () => {
    for (const name of ['<b>Anna</b> & co', 'אבג', 'می‌خواهم', 'क्‍ष', '👩‍👩‍👧‍👦', '🏳️‍🌈', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'Zoë', 'a b', '日本 語']) {
      expect(shownText(name)).toBe(name);
    }
  });
  it('is cut when it is very long, and never in the middle of a character', () => {
    expect(shownText('x'.repeat(10_000))).toBe(`${'x'.repeat(200)}…`);
    expect(shownText('🦊'.repeat(300))).toBe(`${'🦊'.repeat(100)}…`);
    expect(shownText('🦊🦊🦊', 3)).toBe('🦊…');
  });
  it.each(['', '   ', '\u202E\u200B', '\uFEFF\u3164', null, undefined])(
    'is nothing where nobody sees any of it',
    (text) => {
      expect(shownText(text)).toBeNull();
    },
  );
  it.each([
    ['\u202Egnp.exe', '[U+202E]gnp.exe'],
    ['An\u200Bna', 'An[U+200B]na'],
    ['An\u00ADna', 'An[U+00AD]na'],
    ['An\u200Dna', 'An[U+200D]na'],
    ['Anna\0', 'Anna[U+0000]'],
    [' Anna ', '␣Anna␣'],
    ['A  b', 'A␣ b'],
    ['A\nb', 'A ⏎ b'],
    ['\u0301x', '◌\u0301x'],
    ['x\uD800', 'x[U+D800]'],
  ])('hides nothing: %j is %s', (text, shown) => {
    expect(shownText(text)).toBe(shown);
  });
});

describe('an ID as it is shown', () => {
  it.each([
    ['@anna:example.org', '@anna:example.org'],
    ['', '(empty)'],
    ['   ', '␣␣␣'],
    ['oidc-old ', 'oidc-old␣'],
    ['a b', 'a␣b'],
    ['a\u00A0b', 'a[U+00A0]b'],
    ['\u200B', '[U+200B]'],
    ['@\u202Ea:example.org', '@[U+202E]a:example.org'],
    ['👩‍👩', '👩[U+200D]👩'],
    ['a\uFE0F', 'a[U+FE0F]'],
    ['\t', '[U+0009]'],
  ])('%j is %s', (id, shown) => {
    expect(shownId(id)).toBe(shown);
  });

  it('is never the same for two that differ by what nobody sees', () => {
    const hidden = fc.constantFrom('', ' ', '\u200B', '\u202E', '\u00AD', '\0', '\u00A0', '\uFEFF', '\u2066');
    fc.assert(
      fc.property(fc.array(hidden, { maxLength: 4 }), fc.array(hidden, { maxLength: 4 }), (one, other) => {
        const [a, b] = [`x${one.join('')}y`, `x${other.join('')}y`];
        expect(shownId(a) === shownId(b)).toBe(a === b);
      }),
    );
  });
});

describe('inside plain text', () => {
  it('what is plain is itself', () => {
    expect(isolated('@anna:example.org')).toBe('@anna:example.org');
    expect(isolatedWords('No such user.')).toBe('No such user.');
  });

  it('in a line from right to left an ID keeps its own direction, and its first sign its place', () => {
    setLocale('ar', 'rtl');
    expect(isolated('@anna:example.org')).toBe('\u2066@anna:example.org\u2069');
    expect(isolatedWords('No such user.')).toBe('\u2068No such user.\u2069');
    setLocale('en');
    expect(isolated('@anna:example.org')).toBe('@anna:example.org');
  });

  it('nothing turns the direction of the words around it, or ends its own isolation', () => {
    expect(isolated('@אבג:example.org')).toBe('\u2068@אבג:example.org\u2069');
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom(isolated, isolatedWords),
        (text, show) => {
          const shown = show(`${text}\u2069\u202E`);
          const inside = shown.startsWith('\u2068') ? shown.slice(1, -1) : shown;
          expect(inside).not.toMatch(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/);
          expect(shown).toBe(/[^ -~␣]/.test(inside) ? `\u2068${inside}\u2069` : inside);
        },
      ),
    );
  });
});

describe('a name as a heading', () => {
  it('can’t turn the writing direction of what follows it', () => {
    expect(shownTitle('\u202Egnp.exe\u202C')).toBe('[U+202E]gnp.exe[U+202C]');
    expect(shownTitle('אבג')).toBe('\u2068אבג\u2069');
    expect(shownTitle('\u202E')).toBeNull();
  });
});
