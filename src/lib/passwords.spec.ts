import { describe, expect, it } from 'vitest';
import { defuse } from './csv';
import { makePassword, passwordProblem } from './passwords';
import { inWords } from '~/testing/in-words';

const RULES = { minimumLength: 40, digit: true, symbol: true, lowercase: true, uppercase: true };

describe('a password that the page makes', () => {
  it('has at least 20 letters and digits, none of which looks like another one', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const password = makePassword();
      expect(password.replaceAll('-', '').length).toBeGreaterThanOrEqual(20);
      expect(password).toMatch(/^[A-Za-z2-9]{5}(-[A-Za-z2-9]{5})+$/);
      expect(password).not.toMatch(/[0O1lIo]/);
    }
  });

  it('keeps the rules of any homeserver, also a longer minimum', () => {
    for (let turn = 0; turn < 200; turn += 1) expect(passwordProblem(makePassword(RULES), RULES)).toBeNull();
    expect(makePassword(RULES).length).toBeGreaterThanOrEqual(40);
  });

  it('favours no character: a byte beyond the last whole multiple of the alphabet is drawn again', () => {
    const bytes = [255, 254, 224, 0, 24, 48, 1];
    let at = 0;
    const password = makePassword({}, (into) => into.map(() => bytes[at++ % bytes.length] ?? 0));
    // 224 and more are no letters; 0, 24, 48 and 1 are `a`, `A`, `2` and `b`.
    expect(password.replaceAll('-', '')).toBe('aA2baA2baA2baA2baA2b');
  });

  it('is no formula to a spreadsheet, so that a file holds it as it is', () => {
    for (let turn = 0; turn < 200; turn += 1) {
      const password = makePassword();
      expect(defuse(password)).toBe(password);
    }
  });
});

describe('a password that is typed', () => {
  it.each([
    ['short', /at least 8/],
    ['x'.repeat(513), /at most 512/],
  ])('is refused where no homeserver should take it: %#', (password, reason) => {
    expect(inWords(passwordProblem(password))).toMatch(reason);
  });

  it('keeps what the homeserver asks for', () => {
    const long = 'x'.repeat(40);
    expect(inWords(passwordProblem('a-good-one', RULES))).toMatch(/at least 40/);
    expect(inWords(passwordProblem(long, RULES))).toMatch(/a digit/);
    expect(inWords(passwordProblem(`${long}1`, RULES))).toMatch(/upper-case/);
    expect(inWords(passwordProblem(`${long.toUpperCase()}1`, RULES))).toMatch(/lower-case/);
    expect(inWords(passwordProblem(`${long}1A`, RULES))).toMatch(/a symbol/);
    expect(passwordProblem(`${long}1A!`, RULES)).toBeNull();
  });
});
