import { withValues, type Text } from './text';

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

/** Why a password that was typed can’t be used, or null. */
export function passwordProblem(password: string, rules: PasswordRules = {}): Text | null {
  const least = Math.max(SHORTEST_PASSWORD, rules.minimumLength ?? 0);
  const { length } = Array.from(password);
  if (length < least) return withValues(TOO_SHORT, { least });
  if (length > LONGEST) return withValues(TOO_LONG, { most: LONGEST });
  if (rules.digit && !/\p{Nd}/u.test(password)) return NO_DIGIT;
  if (rules.lowercase && !/\p{Ll}/u.test(password)) return NO_LOWERCASE;
  if (rules.uppercase && !/\p{Lu}/u.test(password)) return NO_UPPERCASE;
  if (rules.symbol && !/[^\p{L}\p{N}]/u.test(password)) return NO_SYMBOL;
  return null;
}

const TOO_SHORT = /*i18n*/ { id: 'password.too-short', message: 'Use at least {least, number} characters.' } as const;
const TOO_LONG = /*i18n*/ { id: 'password.too-long', message: 'Use at most {most, number} characters.' } as const;
const NO_DIGIT = /*i18n*/ { id: 'password.no-digit', message: 'This homeserver requires a digit.' };
const NO_LOWERCASE = /*i18n*/ {
  id: 'password.no-lowercase',
  message: 'This homeserver requires a lower-case letter.',
};
const NO_UPPERCASE = /*i18n*/ {
  id: 'password.no-uppercase',
  message: 'This homeserver requires an upper-case letter.',
};
const NO_SYMBOL = /*i18n*/ {
  id: 'password.no-symbol',
  message: 'This homeserver requires a symbol, for example - or !',
};
