import type { Message } from '~/lib/text';

/** What `msg` makes is a text as `wordsOf` shows it: the macro always writes the message, though Lingui’s type leaves it open. */
declare module '@lingui/core/macro' {
  export function defineMessage(literals: TemplateStringsArray, ...placeholders: unknown[]): Message;
}
