/**
 * A proxy's error page, or a value in an answer, may hold what was sent: the access token too. What comes from outside is kept
 * in reports, journals and on the screen, so the token is taken out of it where it comes in.
 */

export const REMOVED = '[access token]';

/** A shorter one may be an ordinary word: taking that out of answers would spoil ids. Those that servers issue are longer. */
const SHORTEST = 16;
/** A page may show only the beginning of a long header: so many characters of the token are enough to know it. */
const BEGINNING = 12;

/** What stands in the place of a password that was sent. */
export const REMOVED_SECRET = '[password]';

/** Takes one token out of texts and of parsed JSON. */
export interface Scrubber {
  text(text: string): string;
  /** @param source the text that it was parsed from: where it can't hold the token, it is not walked through */
  json(value: unknown, source?: string): unknown;
}

const AS_IT_IS: Scrubber = { text: (text) => text, json: (value) => value };

let last: { token: string; scrubber: Scrubber } | undefined;

/** @param token undefined or too short: nothing is taken out */
export function withoutToken(token: string | undefined): Scrubber {
  if (token === undefined || token.length < SHORTEST) return AS_IT_IS;
  // One token goes with thousands of requests.
  if (last?.token !== token) last = { token, scrubber: scrubberOf(token, REMOVED) };
  return last.scrubber;
}

/** The same of a secret that a request carried. It is one that was chosen not to be an ordinary word, however short. */
export const withoutSecret = (secret: string | undefined): Scrubber =>
  secret === undefined || secret === '' ? AS_IT_IS : scrubberOf(secret, REMOVED_SECRET);

function scrubberOf(token: string, removed: string): Scrubber {
  const forms = [Array.from(token, spelling), ...base64Forms(token), Array.from(token, hex)].filter(
    ({ length }) => length > 0,
  );
  const whole = new RegExp(forms.map((units) => units.join(GAP)).join('|'), 'gi');
  const begun = new RegExp(`(?:${forms.map(beginning).join('|')})[^\\s"'<>,]*`, 'gi');
  const sign = new RegExp(forms.map((units) => units.slice(0, SIGN).join(GAP)).join('|'), 'i');
  const text = (said: string) => (sign.test(said) ? said.replaceAll(whole, removed).replaceAll(begun, removed) : said);
  // Any character may be written as an escape, also those between the pieces of a broken token.
  const mayHold = (source: string) => source.includes('\\u') || sign.test(source);
  return {
    text,
    json: (value, source) => (source === undefined || mayHold(source) ? walk(value, text) : value),
  };
}

/** So many characters tell a text in which the token may be from the many in which it is not. */
const SIGN = 5;
/** After a break so many characters have to follow, or an ordinary word would be taken for the next piece. */
const PIECE = 4;
/** What may break a token up: line ends, spaces, tags, and characters of no width, escaped too. */
const GAP =
  '(?:[\\s\\u00AD\\u200B-\\u200D\\u2060]|\\\\{1,8}[nrt]|<[^<>]{0,300}>|&lt;[^<>&]{0,300}&gt;|&(?:amp;){0,4}(?:nbsp|shy|#0{0,6}(?:9|1[03]|32|160|173|8203)|#x0{0,6}(?:9|a|d|20|a0|ad|200b));)*';

/** The first characters, and as much of the rest as is there. */
function beginning(units: readonly string[]): string {
  let rest = '';
  const last = Math.min(units.length, BEGINNING + 64 * PIECE);
  for (let at = BEGINNING + PIECE * Math.floor((last - BEGINNING) / PIECE) - PIECE; at >= BEGINNING; at -= PIECE) {
    rest = `(?:${GAP}${units.slice(at, at + PIECE).join(GAP)}${rest})?`;
  }
  return units.slice(0, BEGINNING).join(GAP) + rest;
}

/** In base64, at each of the three places where it may begin in what is encoded. What hangs on its neighbours is left out. */
function base64Forms(token: string): string[][] {
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  return [0, 1, 2].map((before) => {
    const all = '\0'.repeat(before) + bytes;
    const encoded = btoa(all.slice(0, all.length - (all.length % 3))).slice(before && before + 1);
    return Array.from(encoded, (one) => BASE64[one] ?? one);
  });
}

const BASE64: Readonly<Record<string, string>> = { '+': '(?:[+-]|%2b)', '/': '(?:\\\\{0,8}/|_|%2f)' };

const hexOf = (character: string) => (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0');

/** A byte of a dump: `7379` or `73:79` or `\x73\x79`. */
const hex = (character: string) => `(?:[:,-]|\\\\{1,8}x|0x){0,2}${hexOf(character)}`;

/** A character as a pattern that also knows it percent-encoded, as an HTML entity, and with the escapes of JSON. */
function spelling(character: string): string {
  const cases = [...new Set([character, character.toLowerCase(), character.toUpperCase()])];
  const hexes = `(?:${cases.map(hexOf).join('|')})`;
  const points = `(?:${cases.map((one) => one.codePointAt(0)).join('|')})`;
  const plain = /[a-z0-9]/i.test(character) ? character : `\\\\{0,8}\\u${hexOf(character).padStart(4, '0')}`;
  const entity = `&(?:amp;){0,4}#(?:0{0,6}${points}|x0{0,6}${hexes});?`;
  return `(?:${plain}|\\\\{1,8}(?:u\\{?0{0,4}|x)${hexes}\\}?|%(?:25){0,4}(?:u00)?${hexes}|${entity}${NAMED[character] ?? ''})`;
}

const NAMED: Readonly<Record<string, string>> = {
  _: '|&(?:amp;){0,4}(?:lowbar|UnderBar);',
  '+': '|&(?:amp;){0,4}plus;',
  '/': '|&(?:amp;){0,4}sol;',
  '=': '|&(?:amp;){0,4}equals;',
  '.': '|&(?:amp;){0,4}period;',
  ':': '|&(?:amp;){0,4}colon;',
};

function walk(value: unknown, text: (said: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((one) => walk(one, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [text(key), walk(one, text)]));
}
