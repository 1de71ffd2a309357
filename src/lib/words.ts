import { english } from './english';
import type { Text } from './text';
import { textOfError } from './text-error';

/** The one place where a kept text becomes words for a reader: screens, files in the reader’s language, windows’ titles. */
export const wordsOf = (text: Text): string => english(text);

/** The same of what was thrown. */
export const wordsOfError = (error: unknown): string => wordsOf(textOfError(error));
