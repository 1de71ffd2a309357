/** Names come from strangers: they may be 10,000 characters long, or made of characters that nobody sees. */

const LONGEST = 200;

/** Spaces, controls, and format characters such as direction marks, joiners and variation selectors: nothing to see. */
const UNSEEN = /[\s\p{C}\p{M}\u115F\u1160\u2800\u3164\uFFA0]/gu;

/** What to show of a name or a topic: cut after so many UTF-16 units, never inside a character. Null: nothing to see. */
export function shownText(text: string | null | undefined, longest = LONGEST): string | null {
  if (text == null) return null;
  // Enough to judge by; a pass over 10,000 characters in each cell would be felt while scrolling.
  const head = text.slice(0, longest);
  if (head.replaceAll(UNSEEN, '') === '') return null;
  return text.length > longest ? `${head.replace(/[\uD800-\uDBFF]$/, '')}…` : head;
}

/** For a heading or a window's title, which nothing isolates: without the marks that turn the writing direction. */
export function shownTitle(text: string | null | undefined): string | null {
  return shownText(text?.replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, ''), 80);
}
