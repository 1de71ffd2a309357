import { english } from './english';
import type { Text } from './text';

/** The one place where a kept text becomes words for a reader: screens, files in the reader’s language, windows’ titles. */
export const wordsOf = (text: Text): string => english(text);
