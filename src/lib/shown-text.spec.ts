import { describe, expect, it } from 'vitest';
import { shownText, shownTitle } from './shown-text';

describe('a name as it is shown', () => {
  it('is itself, markup and all', () => {
    expect(shownText('<b>Anna</b> & co')).toBe('<b>Anna</b> & co');
    expect(shownText('אבג')).toBe('אבג');
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
});

describe('a name as a heading', () => {
  it('can’t turn the writing direction of what follows it', () => {
    expect(shownTitle('\u202Egnp.exe\u202C')).toBe('gnp.exe');
    expect(shownTitle('\u202E')).toBeNull();
  });
});
