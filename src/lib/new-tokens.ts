/** Registration tokens that this page makes up. */

/** What Synapse takes (`registration_tokens.py`): so much of a text, and nothing else. */
const IS_TOKEN = /^[A-Za-z0-9._~-]{1,64}$/;
/** Without what looks alike: 0 and O, 1, l and I; nor signs that end a word when one double-clicks it. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const USUAL_LENGTH = 16;
/** Shorter ones can be guessed by trying. */
export const SHORTEST_LENGTH = 8;
export const LONGEST_LENGTH = 64;
/** Each is looked for in the list of all tokens before it is made. */
export const MOST_TOKENS = 200;

/** Such a name leads to another page of Synapse's API: it can be made, and never be changed or deleted. */
export const isToken = (text: string): boolean => IS_TOKEN.test(text) && !['new', '.', '..'].includes(text);

type Fill = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
const browserRandom: Fill = (bytes) => crypto.getRandomValues(bytes);

/** Each letter is as likely as any other: bytes beyond a whole number of alphabets are drawn again. */
export function makeToken(length: number, fill: Fill = browserRandom): string {
  const limit = 256 - (256 % ALPHABET.length);
  let token = '';
  while (token.length < length) {
    for (const byte of fill(new Uint8Array(length))) {
      if (byte < limit && token.length < length) token += ALPHABET[byte % ALPHABET.length] ?? '';
    }
  }
  return token;
}
