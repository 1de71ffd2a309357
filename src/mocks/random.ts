/** A seeded source of numbers (mulberry32): the same seed gives the same world. */
export class Random {
  #a: number;

  constructor(seed: number) {
    this.#a = seed >>> 0;
  }

  /** [0, 1) */
  next(): number {
    this.#a = (this.#a + 0x6d2b79f5) >>> 0;
    let t = this.#a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }

  /** Many small, few huge: log-normal around `median`, cut at `max`. */
  longTail(median: number, sigma: number, max: number): number {
    const u = Math.max(this.next(), 1e-9);
    const gauss = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.next());
    return Math.min(max, Math.max(1, Math.round(median * Math.exp(sigma * gauss))));
  }

  text(length: number, alphabet: string = LETTERS): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += alphabet[Math.floor(this.next() * alphabet.length)] ?? '';
    return text;
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const URL_SAFE = `${LETTERS}0123456789-_`;
export const HEX = '0123456789abcdef';

/** A steady 32-bit hash of a text (FNV-1a), for pictures and pretend password hashes. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
