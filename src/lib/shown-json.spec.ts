import { expect, it } from 'vitest';
import { shownJson } from './shown-json';

it('shows what is hidden in a text as an escape, and the JSON stays the same', () => {
  const value = { a: 'x\u202Ey', b: ['\u200B', '\u{E0041}', 'é', '\n'] };
  const { text, isCut } = shownJson(value);
  expect(text).not.toMatch(/[\u202E\u200B\u{E0041}]/u);
  expect(text).toContain('x\\u202ey');
  expect(JSON.parse(text)).toEqual(value);
  expect(isCut).toBe(false);
});

it('cuts what is too long to show, and says so', () => {
  expect(shownJson('x'.repeat(300_000))).toMatchObject({ isCut: true, text: expect.stringMatching(/^"x{199999}$/) });
  expect(shownJson(undefined)).toEqual({ text: 'null', isCut: false });
});
