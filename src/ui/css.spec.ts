import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What a language that is written from right to left needs of every stylesheet and every component. */

const root = new URL('..', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const PHYSICAL = [
  // left, margin-right, border-left-color, border-top-left-radius, scroll-padding-left …
  /^(?:[a-z-]+-)?(?:left|right)(?:-[a-z]+)?\s*:/,
  /^(?:text-align|float|clear)\s*:\s*(?:left|right)\b/,
  /^(?:background|transform-origin)[a-z-]*\s*:.*\b(?:left|right)\b/,
];
/** Four values, of which the second and the fourth differ: one side is not as the other. */
const LOPSIDED = /^(?:margin|padding|inset|border-(?:width|style|color)|scroll-(?:margin|padding))\s*:\s*(.+)$/;

function isPhysical(declaration: string): boolean {
  if (PHYSICAL.some((pattern) => pattern.test(declaration))) return true;
  // A function’s own blanks are no borders between values.
  const values =
    LOPSIDED.exec(declaration)?.[1]
      ?.replaceAll(/\((?:[^()]|\([^()]*\))*\)/g, '()')
      .split(/\s+/) ?? [];
  return values.length === 4 && values[1] !== values[3];
}

const declarationsOf = (css: string): string[] =>
  css
    .replaceAll(/\/\*.*?\*\//gs, '')
    .split(/[;{}]/)
    .map((part) => part.trim());

describe('writing from right to left', () => {
  it('knows a physical side from a logical one', () => {
    for (const one of ['left: 0', 'margin-right: 4px', 'border-top-left-radius: 2px', 'text-align: right'])
      expect([one, isPhysical(one)]).toEqual([one, true]);
    expect(isPhysical('padding: 1px 9px 1px 7px')).toBe(true);
    for (const one of ['margin-inline-start: 4px', 'inset: 0', 'padding: 1px 9px 2px 9px', 'text-align: end'])
      expect([one, isPhysical(one)]).toEqual([one, false]);
  });

  it('has no left and no right in any stylesheet', () => {
    const sheets = files.filter((file) => file.endsWith('.css'));
    expect(sheets.length).toBeGreaterThan(20);
    const found = sheets.flatMap((file) =>
      declarationsOf(read(file))
        .filter(isPhysical)
        .map((one) => `${file}: ${one}`),
    );
    expect(found).toEqual([]);
  });

  it('has no left and no right in the props and styles of any component', () => {
    const physical =
      /(?<=\s)(?:m|p|bd)[lr]=[{"]|(?<=\s)ta="(?:left|right)"|\b(?:margin|padding|border)(?:Left|Right)\b|textAlign: '(?:left|right)'/g;
    const found = files
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => (read(file).match(physical) ?? []).map((hit) => `${file}: ${hit}`));
    expect(found).toEqual([]);
  });
});
