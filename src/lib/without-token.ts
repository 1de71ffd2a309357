/**
 * A proxy's error page, or a value in an answer, may hold what was sent: the access token too. What comes from outside is kept
 * in reports, journals and on the screen, so the token is taken out of it where it comes in.
 */

export const REMOVED = '[access token]';

/** A shorter one may be an ordinary word: taking that out of answers would spoil ids. Those that servers issue are longer. */
const SHORTEST = 16;
/** A page may show only the beginning of a long header: so many characters of the token are enough to know it. */
const BEGINNING = 12;

/** Takes one token out of texts and of parsed JSON. */
export interface Scrubber {
  text(text: string): string;
  /** @param source the text that it was parsed from: most hold nothing, and are then not walked through */
  json(value: unknown, source?: string): unknown;
}

const AS_IT_IS: Scrubber = { text: (text) => text, json: (value) => value };

let last: { token: string; scrubber: Scrubber } | undefined;

/** @param token undefined or too short: nothing is taken out */
export function withoutToken(token: string | undefined): Scrubber {
  if (token === undefined || token.length < SHORTEST) return AS_IT_IS;
  // One token goes with thousands of requests.
  if (last?.token !== token) last = { token, scrubber: scrubberOf(token) };
  return last.scrubber;
}

function scrubberOf(token: string): Scrubber {
  const forms = [token, ...encodedForms(token)];
  const beginnings = forms.map((form) => form.slice(0, BEGINNING));
  const whole = new RegExp(forms.map(spelling).join('|'), 'gi');
  const begun = new RegExp(`(?:${beginnings.map(spelling).join('|')})[^\\s"'<>,]*`, 'gi');
  const text = (said: string) => said.replaceAll(whole, REMOVED).replaceAll(begun, REMOVED);
  const marks = beginnings.map(plainest);
  const mayHold = (source: string) => marks.some((mark) => source.includes(mark));
  return {
    text,
    json: (value, source) => (source === undefined || mayHold(source) ? walk(value, text) : value),
  };
}

/** In base64, alone and as the header has it. The last characters hang on what follows, so they are left out. */
function encodedForms(token: string): string[] {
  return [token, `Bearer ${token}`].map((text) => {
    const bytes = String.fromCharCode(...new TextEncoder().encode(text));
    return btoa(bytes.slice(0, bytes.length - (bytes.length % 3)));
  });
}

/** A text as a pattern that also knows it percent-encoded, as HTML entities, and with the escapes of JSON. */
function spelling(text: string): string {
  return Array.from(text, (character) => {
    if (/[a-z0-9]/i.test(character)) return character;
    const point = character.codePointAt(0) ?? 0;
    const hex = point.toString(16);
    const unicode = hex.padStart(4, '0');
    return `(?:\\\\?\\u${unicode}|\\\\u${unicode}|%(?:25)*${hex.padStart(2, '0')}|&#0*${point};|&#x0*${hex};)`;
  }).join('');
}

/** The longest piece of a text that nothing ever escapes: where that is not, the text is not either. */
function plainest(text: string): string {
  const pieces = text.match(/[a-z0-9_]+/gi) ?? [];
  return pieces.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

function walk(value: unknown, text: (said: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((one) => walk(one, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [text(key), walk(one, text)]));
}
