import { hashOf, type Random } from '../random';

/** Tokens and ids as MAS makes them (`data-model/src/tokens.rs`): the last six characters are a checksum of the others. */

export type TokenPrefix = 'mat' | 'mar' | 'mct' | 'mcr' | 'mpt';

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function newToken(prefix: TokenPrefix, random: Random): string {
  const base = `${prefix}_${random.text(30, ALPHANUMERIC)}`;
  return `${base}_${checksum(base)}`;
}

/** What the admin API can take (`mat`, `mpt`), another kind of token, or null: no token at all. */
export function kindOfToken(token: string): TokenPrefix | null {
  if (token.startsWith('syt_')) return 'mct';
  if (token.startsWith('syr_')) return 'mcr';
  const found = /^((mat|mar|mct|mcr|mpt)_[0-9A-Za-z]{30})_([0-9A-Za-z]{6})$/.exec(token);
  return found && checksum(found[1] ?? '') === found[3] ? (found[2] as TokenPrefix) : null;
}

function checksum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  let digits = '';
  // The last digit first, as MAS writes it.
  for (let rest = (crc ^ 0xffffffff) >>> 0; rest > 0; rest = Math.floor(rest / 62)) {
    digits += ALPHANUMERIC.charAt(rest % 62);
  }
  return digits.padStart(6, '0');
}

/** 48 bits of time, then a number that grows, so that two of one millisecond are in order too, then what looks like chance. */
export function ulid(at: number, serial: number): string {
  const noise = base32(hashOf(`${serial}`), 7).slice(1) + base32(hashOf(`${serial} again`), 7).slice(2);
  return base32(at, 10) + base32(serial, 5) + noise;
}

function base32(value: number, length: number): string {
  let rest = Math.max(0, Math.floor(value));
  let digits = '';
  for (let place = 0; place < length; place += 1) {
    digits = CROCKFORD.charAt(rest % 32) + digits;
    rest = Math.floor(rest / 32);
  }
  return digits;
}

export const isUlid = (text: string): boolean => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text);
