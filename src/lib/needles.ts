import { recognise } from './recognise';

/**
 * What a search within a page looks for, in lower case: the text as it was typed, and the ID that it names where it is a link
 * or has signs around it. `@anna` alone may be the beginning of many IDs, so it is not completed.
 */
export function needlesOf(text: string): readonly string[] {
  const typed = text.trim();
  const found = recognise(typed, '');
  const ids =
    found.kind === 'word' || ('completed' in found && found.completed)
      ? []
      : found.kind === 'email'
        ? [found.address]
        : [found.id, ...(found.cleaned === undefined ? [] : [found.cleaned])];
  return [...new Set([typed, ...ids].map((one) => one.toLowerCase()))];
}

/** The room that the text names, `#team` as one of this server; text that names none as it is, for who reads it to say why. */
export function wholeRoom(text: string, serverName: string): string {
  const found = recognise(text, serverName);
  return found.kind === 'room' || found.kind === 'alias' ? found.id : text;
}
