import { describe, expect, test } from 'vitest';
import { english } from './english';
import { readText, sameText, textKey, withValues, type Text } from './text';
import { TextError, textOfError } from './text-error';

const GONE = /*i18n*/ { id: 'spec.gone', message: 'It is gone.' };
const now = (state: Text) => withValues(/*i18n*/ { id: 'spec.now', message: 'Now {state}.' }, { state });
const users = (count: number) =>
  withValues(/*i18n*/ { id: 'spec.users', message: '{count, plural, one {# user} other {# users}}' }, { count });

const say = (message: string, values: Record<string, number | string>) => english({ id: 'x', message, values });

describe('a text in English', () => {
  test('is somebody else’s words as they are, or the message', () => {
    expect(english('No, {never}!')).toBe('No, {never}!');
    expect(english(GONE)).toBe('It is gone.');
  });

  test('has its values in their places, texts in texts', () => {
    expect(english(now(GONE))).toBe('Now It is gone..');
    const both = withValues(/*i18n*/ { id: 'spec.both', message: '{one} and {two}' }, { one: users(1), two: 'b' });
    expect(english(both)).toBe('1 user and b');
    // @ts-expect-error -- the compiler knows the names of the values
    expect(english(withValues(/*i18n*/ { id: 'spec.both', message: '{one} and {two}' }, { one: 1 }))).toBe(
      '1 and {two}',
    );
  });

  test.each([
    [0, '0 users'],
    [1, '1 user'],
    [12_345, '12,345 users'],
  ])('counts %d as “%s”', (count, words) => {
    expect(english(users(count))).toBe(words);
  });

  test('knows numbers, exact counts, choices by a word, and a plural around a name', () => {
    expect(say('{n, number} of {m}', { n: 1234, m: 1234 })).toBe('1,234 of 1234');
    expect(say('{n, plural, =0 {none} one {one} other {#}}', { n: 0 })).toBe('none');
    expect(say('{n, plural, one {# file of {who}} other {# files of {who}}}!', { n: 2, who: 'anna' })).toBe(
      '2 files of anna!',
    );
    expect(say('{how, select, on {locked} other {not locked}}', { how: 'on' })).toBe('locked');
    expect(say('{how, select, on {locked} other {not locked}}', { how: 'constructor' })).toBe('not locked');
  });

  test('sets apart what comes from outside, so that it hides nothing and turns no word around it', () => {
    expect(english(now('\u202Eéve'))).toBe('Now \u2068[U+202E]éve\u2069.');
    expect(english(now('two words'))).toBe('Now two words.');
    const named = withValues(/*i18n*/ { id: 'spec.named', message: '{id}, {userId}' }, { id: 'a b', userId: ' ' });
    expect(english(named)).toBe('a␣b, ␣');
    expect(english(now("{count} # '{")), 'what is in a value is no message').toBe("Now {count} # '{.");
  });

  test('keeps apostrophes, and braces between them', () => {
    expect(say("It can't be {name}'s", { name: 'N' })).toBe("It can't be N's");
    expect(say("It''s '{name}' and {name}", { name: 'N' })).toBe("It's {name} and N");
  });

  test.each([
    '{',
    '}',
    '{a',
    '{a, plural',
    '{a, plural, one {x',
    '{a, plural, one}',
    "'{",
    '#',
    '{, }',
    '{a, b, c}',
    '{{a}}',
  ])('never fails on what is no message: %s', (message) => {
    expect(typeof english({ id: 'x', message, values: { a: 1 } })).toBe('string');
  });

  test('shows the place of a value that is missing', () => {
    expect(english({ id: 'x', message: 'Now {state}.' })).toBe('Now {state}.');
  });
});

describe('a text that was kept', () => {
  test('comes back as it was, strings of older versions too', () => {
    for (const text of ['Already in the room.', '', GONE, now(GONE), users(3)]) {
      const back = readText(JSON.parse(JSON.stringify(text)));
      expect(back).toEqual(text);
      expect(sameText(back, text)).toBe(true);
    }
  });

  test.each([null, undefined, 7, [], {}, { id: 1, message: 'x' }, { id: 'x' }])(
    'is empty where it is none: %j',
    (odd) => {
      expect(readText(odd)).toBe('');
    },
  );

  test('is cut off where it is deeper than anybody nests texts', () => {
    let deep: Text = 'end';
    for (let level = 0; level < 10_000; level += 1) deep = now(deep);
    expect(english(deep).length).toBeLessThan(100);
    expect(english(readText(deep)).length).toBeLessThan(100);
    expect(english(readText({ id: 'x', message: '{a}', values: { a: { toString: 1 }, b: null } }))).toBe('');
  });
});

describe('texts are told apart', () => {
  test('by message and values, not by their English', () => {
    expect(sameText(now('a'), now('a'))).toBe(true);
    expect(sameText(now('a'), now('b'))).toBe(false);
    expect(sameText(GONE, { ...GONE, message: 'It is not there.' })).toBe(true);
    expect(sameText(GONE, 'It is gone.')).toBe(false);
    expect(textKey('spec.gone')).not.toBe(textKey(GONE));
  });
});

test('an error gives the text it knows, or its words', () => {
  expect(textOfError(new Error('No.'))).toBe('No.');
  expect(textOfError(new TextError(GONE))).toEqual(GONE);
  expect(textOfError('thrown')).toBe('thrown');
  expect(new TextError(GONE).message).toBe('It is gone.');
});
