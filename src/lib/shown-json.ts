/** What nobody sees although it is there, or what turns the direction of the text around it. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');

/** The same value with what is hidden in its texts and names written as JSON’s escapes, for whoever draws it piece by piece. */
export function visibleJson(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(visibleJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [visible(key), visibleJson(one)]));
}

/** As it stands between the quotes of JSON. */
const visible = (text: string): string => JSON.stringify(text).slice(1, -1).replaceAll(HIDDEN, escaped);

const LONGEST_LINE = 5000;

/** One line of a text from outside: what nobody sees is escaped, what nobody reads to the end is cut. */
export function shownLine(line: string): string {
  const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
  return cut.replaceAll(HIDDEN, escaped);
}

/** Longer, and making its text holds the page. */
const LONGEST = 200_000;

/** A value from outside as JSON on several lines. What is hidden in its texts is escaped, so it is the same JSON still. */
export function shownJson(value: unknown): { text: string; isCut: boolean } {
  const json = JSON.stringify(value, null, 2) ?? 'null';
  const isCut = json.length > LONGEST;
  const lines = (isCut ? json.slice(0, LONGEST) : json).split('\n');
  return { text: lines.map((line) => line.replaceAll(HIDDEN, escaped)).join('\n'), isCut };
}
