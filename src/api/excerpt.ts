import type { Scrubber } from '~/lib/without-token';

/** The first readable words of a page that is not JSON: enough to recognise a proxy's error page. */
export function excerpt(text: string, scrubber: Scrubber): string | undefined {
  const stripped = scrubber
    .text(text)
    .replaceAll(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // Once more: what stood between two pieces of the token is gone only now.
  const words = scrubber.text(stripped);
  if (words === '') return undefined;
  return words.length > 160 ? `${words.slice(0, 160)}…` : words;
}
