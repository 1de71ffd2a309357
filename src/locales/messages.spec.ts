import { setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { expect, it } from 'vitest';
import { english } from '~/lib/english';

/** Facts about the messages that stand in the code behind an `i18n` comment. */

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.spec.*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});
const MESSAGE = /\/\*i18n\*\/\s*\{\s*id:\s*'([^']+)',\s*message:\s*'((?:[^'\\]|\\.)*)'/g;
const messages = Object.values(sources).flatMap((text) =>
  [...text.matchAll(MESSAGE)].map(([, id = '', message = '']) => ({
    id,
    message: message.replaceAll(String.raw`\'`, "'"),
  })),
);

it('are read from the code', () => {
  const comments = Object.values(sources).flatMap((text) => text.match(/\/\*i18n\*\/ ?[{\n]/g) ?? []);
  expect(messages).toHaveLength(comments.length);
});

it('are in the catalogues that translators get', () => {
  const catalogues = import.meta.glob<string>('./en/*.po', { query: '?raw', import: 'default', eager: true });
  const ids = new Set(
    Object.values(catalogues).flatMap((po) => [...po.matchAll(/^msgid "(.*)"$/gm)].map(([, id]) => id)),
  );
  expect(messages.filter(({ id }) => !ids.has(id))).toEqual([]);
});

it('have an id that no other message has', () => {
  const texts = new Map(messages.map(({ id, message }) => [id, message]));
  expect(messages.filter(({ id, message }) => texts.get(id) !== message)).toEqual([]);
});

it.each([1, 1200])('say with %i the same in English as Lingui does, which reads them in other languages', (count) => {
  const i18n = setupI18n({ locale: 'en', messages: { en: {} } });
  i18n.setMessagesCompiler((message) => compileMessage(message));
  for (const { id, message } of messages) {
    const places = [...message.matchAll(/\{\s*(\w+)\s*(?:\}|,\s*(\w+))/g)];
    const valueOf = (name: string, format: string | undefined) =>
      format === 'number' || format === 'plural' ? count : format === 'select' ? 'other' : name;
    // A number may stand for itself again in the words of a plural.
    const values = Object.fromEntries(
      places.toReversed().map(([, name = '', format]) => [name, valueOf(name, format)] as const),
    );
    expect([id, english({ id, message, values })]).toEqual([id, i18n._(id, values, { message })]);
  }
});
