import { byLocale } from './locale';
import { parseNumber } from './numbers';
import { shortened } from './shown-text';
import { withValues, type Text } from './text';
import { wordsOf } from './words';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/**
 * A size in bytes as a person reads it, in decimal units (1 kB = 1,000 B): `12.3 MB`. A size that no file can have (below
 * zero, or not a number) is shown as it came.
 */
export function formatBytes(bytes: number): string {
  if (typeof bytes !== 'number' || !Number.isFinite(bytes) || bytes < 0) {
    return wordsOf(withValues(ODD_SIZE, { value: String(bytes) }));
  }
  if (bytes >= 1e18) return `${bytes.toPrecision(3)} B`;
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const format = unit === 0 || value >= 100 ? wholes() : tenths();
  return `${format.format(value)} ${UNITS[unit]}`;
}

const ODD_SIZE = /*i18n*/ { id: 'size.odd', message: 'invalid size: {value}' } as const;
const wholes = byLocale((tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: 0, useGrouping: false }));
const tenths = byLocale((tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }));

/** What a size may be given in. */
export const SIZE_UNITS = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
} as const;
export type SizeUnit = keyof typeof SIZE_UNITS;

const UNIT_NAMES: Readonly<Record<string, SizeUnit>> = {
  b: 'B',
  byte: 'B',
  bytes: 'B',
  k: 'kB',
  kb: 'kB',
  m: 'MB',
  mb: 'MB',
  g: 'GB',
  gb: 'GB',
  t: 'TB',
  tb: 'TB',
  kib: 'KiB',
  mib: 'MiB',
  gib: 'GiB',
  tib: 'TiB',
};

export type ReadSize =
  | {
      ok: true;
      /** Whole bytes: what is larger than 1.5 B is larger than 1 B. */
      bytes: number;
      /** The unit in the text; null: there was none, and the given one was used. */
      unit: SizeUnit | null;
    }
  | { ok: false; reason: Text };

/** A size as people write it: `5 GB`, `1.5GiB`, `700 kB`; a number alone counts in `unit`. Nothing in the text is passed over. */
export function parseSize(typed: string, unit: SizeUnit): ReadSize {
  const [, amount = '', name = ''] = /^\s*(.*?)\s*(\p{L}*)\s*$/u.exec(typed) ?? [];
  if (amount === '') return { ok: false, reason: withValues(NO_SIZE, { text: shortened(typed.trim(), 40) }) };
  if (/^[KMGT]b$/.test(name)) {
    const bytes = name[0] === 'K' ? 'kB' : `${name[0]}B`;
    return { ok: false, reason: withValues(BITS, { unit: name, bytes }) };
  }
  const named = name === '' ? null : UNIT_NAMES[name.toLowerCase()];
  if (named === undefined) return { ok: false, reason: withValues(NO_UNIT, { unit: shortened(name, 40) }) };
  const read = parseNumber(amount);
  if (!read.ok) return read;
  // 4.35 × 100 is 434.99999999999994 to a computer.
  const exact = read.value * SIZE_UNITS[named ?? unit];
  const nearest = Math.round(exact);
  const bytes = Math.abs(exact - nearest) < 1e-3 ? nearest : Math.floor(exact);
  return bytes <= Number.MAX_SAFE_INTEGER ? { ok: true, bytes, unit: named } : { ok: false, reason: TOO_LARGE };
}

const NO_SIZE = /*i18n*/ {
  id: 'size.invalid',
  message: '“{text}” is not a size. Type a number and a unit, for example 5 GB.',
} as const;
const BITS = /*i18n*/ {
  id: 'size.bits',
  message: '“{unit}” could mean bytes or bits. Type {bytes} for bytes.',
} as const;
const NO_UNIT = /*i18n*/ {
  id: 'size.unit',
  message: '“{unit}” is not a unit here. Use B, kB, MB, GB, TB, KiB, MiB, GiB or TiB.',
} as const;
const TOO_LARGE = /*i18n*/ { id: 'size.too-large', message: 'No file is that large.' };
