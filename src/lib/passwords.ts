/** Passwords that this page makes: read aloud and typed on a phone without a mistake. */

/** What a homeserver asks of a password; what is missing is not asked. */
export interface PasswordRules {
  readonly minimumLength?: number | undefined;
  readonly digit?: boolean | undefined;
  readonly symbol?: boolean | undefined;
  readonly lowercase?: boolean | undefined;
  readonly uppercase?: boolean | undefined;
}

/** Without what looks alike: 0 and O, 1, l and I. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
/** Groups of five, set apart by a hyphen: the symbol that some homeservers ask for. */
const GROUP = 5;
/** 116 bits. */
const LENGTH = 20;
/** A shorter one is never taken, whatever the homeserver says. */
export const SHORTEST_PASSWORD = 8;
/** Synapse hashes no more than 512 characters. */
const LONGEST = 512;

type Fill = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
const browserRandom: Fill = (bytes) => crypto.getRandomValues(bytes);

/** As long as the homeserver asks, with letters of both cases, digits and hyphens. Each one is as likely as any other. */
export function makePassword({ minimumLength = 0 }: PasswordRules = {}, fill: Fill = browserRandom): string {
  const length = Math.min(Math.max(LENGTH, minimumLength), LONGEST / 2);
  for (;;) {
    const letters = randomLetters(length, fill);
    if (/[a-z]/.test(letters) && /[A-Z]/.test(letters) && /\d/.test(letters)) {
      return letters.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? letters;
    }
  }
}

function randomLetters(length: number, fill: Fill): string {
  // A byte beyond the last whole multiple would make some letters likelier than others.
  const usable = 256 - (256 % ALPHABET.length);
  let letters = '';
  while (letters.length < length) {
    for (const byte of fill(new Uint8Array(length))) {
      if (byte < usable && letters.length < length) letters += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return letters;
}

/** Why a password that was typed won’t do, or null. */
export function passwordProblem(password: string, rules: PasswordRules = {}): string | null {
  const least = Math.max(SHORTEST_PASSWORD, rules.minimumLength ?? 0);
  const { length } = Array.from(password);
  if (length < least) return `At least ${least} characters.`;
  if (length > LONGEST) return `At most ${LONGEST} characters.`;
  if (rules.digit && !/\p{Nd}/u.test(password)) return 'This homeserver asks for a digit.';
  if (rules.lowercase && !/\p{Ll}/u.test(password)) return 'This homeserver asks for a lower-case letter.';
  if (rules.uppercase && !/\p{Lu}/u.test(password)) return 'This homeserver asks for an upper-case letter.';
  if (rules.symbol && !/[^\p{L}\p{N}]/u.test(password)) return 'This homeserver asks for a symbol, such as - or !';
  return null;
}
