import { i18n } from '@lingui/core';
import { msg, plural, t } from '@lingui/core/macro';
import { afterEach, describe, expect, it } from 'vitest';
import { formatCount } from '~/lib/numbers';
import { withValues } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { currentLanguage, speak } from './language';
import { firstLanguage } from './languages';
import { poCatalogues } from './po-catalogues';
import { pseudoWords } from './pseudo';

afterEach(() => speak('en'));

const kept = withValues(
  /*i18n*/ { id: 'text.of-this-test', message: 'Join {count, plural, one {# user} other {# users}} to {roomId}' },
  { count: 1200, roomId: '!a:b.example' },
);

describe('English', () => {
  it('needs no catalogue: its words stand in the code', () => {
    const count = 1200;
    expect(t`Hello`).toBe('Hello');
    expect(plural(count, { one: '# user', other: '# users' })).toBe('1,200 users');
    expect(i18n._(msg`Nothing to do`)).toBe('Nothing to do');
  });

  it('is what a language becomes that is none', async () => {
    await speak('xx');
    expect(currentLanguage().tag).toBe('en');
  });
});

describe('the pseudo-language', () => {
  it('is longer, accented, and keeps numbers and values', async () => {
    await speak('en-XA');
    expect(t`Hello`).toBe('Ĥéļļó~~');
    expect(wordsOf(kept)).toMatch(/^Ĵóíñ~~ 1,200 .*!a:b\.example/u);
    expect(formatCount(1200)).toBe('1,200');
  });

  it('reaches words that a job keeps, and ends with it', async () => {
    await speak('en-XA');
    const pseudo = wordsOf(kept);
    await speak('en');
    expect(wordsOf(kept)).toContain('Join 1,200 users to');
    expect(pseudo).not.toContain('Join');
  });

  it('keeps the marks of rich text and the blanks around words', () => {
    expect(pseudoWords(' See <0>the report</0>', 'longer')).toBe(' Šéé~ <0>ţĥé ŕéþóŕţ~~~~</0>');
    expect(pseudoWords('3 · 4', 'longer')).toBe('3 · 4');
  });

  it('mirrored, still chooses the right words of a select', async () => {
    const message = 'Files {by, select, uploaded {uploaded} other {opened}} before';
    await speak('ar-XB');
    expect(wordsOf({ id: 'text.of-a-select', message, values: { by: 'uploaded' } })).toContain('uploaded');
  });

  it('mirrored, goes from right to left', async () => {
    await speak('ar-XB');
    expect(currentLanguage().dir).toBe('rtl');
    expect(t`Hello`).toBe('\u202EHello\u202C');
  });
});

it('of two choices one after the other, the last one counts', async () => {
  await Promise.all([speak('en-XA'), speak('ar-XB')]);
  expect(currentLanguage().tag).toBe('ar-XB');
});

describe('the language to begin with', () => {
  it.each([
    ['en-XA', ['de'], 'en-XA'],
    [null, ['xx', 'en-GB'], 'en'],
    [null, ['en-XA'], 'en'],
    ['gone', [], 'en'],
  ])('chosen %s, asked for %j: %s', (chosen, asked, tag) => {
    expect(firstLanguage(chosen, asked).tag).toBe(tag);
  });
});

describe('a PO file', () => {
  it('is imported as what is translated in it, by the ids of the macros and by explicit ones', async () => {
    const po = [
      'msgid ""\nmsgstr ""\n"Language: de\\n"',
      'msgid "Hello"\nmsgstr "Hallo"',
      'msgid "Not yet"\nmsgstr ""',
      '#. js-lingui-explicit-id\nmsgid "text.of-this-test"\nmsgstr "{count} Leute"',
    ].join('\n\n');
    const { transform } = poCatalogues();
    const made = await (transform as (text: string, file: string) => Promise<{ code: string }>)(po, 'de/start.po');
    const messages: unknown = JSON.parse(made.code.replace('export default ', ''));
    expect(messages).toEqual({ [msg`Hello`.id]: 'Hallo', 'text.of-this-test': '{count} Leute' });
  });
});
