import { i18n, type MessageDescriptor } from '@lingui/core';
import { english } from './english';
import { isolated, isolatedWords } from './shown-text';
import { DEEPEST, type Text, type Value } from './text';
import { textOfError } from './text-error';

/** A text, or what the macro `msg` makes. */
export type Words = Text | MessageDescriptor;

/** The one place where a kept text becomes words for a reader: screens, files in the reader’s language, windows’ titles. */
export function wordsOf(words: Words): string {
  const text = words as Text;
  // English needs no catalogue; and before a language is set (in Node) there is no other.
  if (typeof text === 'string' || i18n.locale === 'en' || i18n.locale === '') return english(text);
  return translated(text, 0);
}

/** The same of what was thrown. */
export const wordsOfError = (error: unknown): string => wordsOf(textOfError(error));

function translated(text: Text, depth: number): string {
  if (typeof text === 'string') return text;
  if (depth > DEEPEST) return '…';
  const { id, message, values = {} } = text;
  const shown = Object.entries(values).map(
    ([name, value]) =>
      [name, isChoice(message, name) && typeof value === 'string' ? value : shownValue(name, value, depth)] as const,
  );
  return i18n._(id, Object.fromEntries(shown), { message });
}

/** It chooses among the words of a select, and is not shown: nothing is put around it. */
const isChoice = (message: string, name: string): boolean => new RegExp(`\\{\\s*${name}\\s*,\\s*select`).test(message);

function shownValue(name: string, value: Value, depth: number): string | number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return typeof value === 'boolean' ? String(value) : translated(value, depth + 1);
  return /^id$|Id$/.test(name) ? isolated(value) : isolatedWords(value);
}
