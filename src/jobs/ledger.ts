import { textKey, type Text } from '~/lib/text';
import type { ItemStatus, Json } from './job';
import { endEntry, type EndStatus, type Entry, type KeptRow } from './journal';

export const STATUSES = ['waiting', 'running', 'done', 'skipped', 'failed', 'unknown'] as const;
const CODES: Readonly<Record<ItemStatus, number>> = {
  waiting: 0,
  running: 1,
  done: 2,
  skipped: 3,
  failed: 4,
  unknown: 5,
};

/**
 * A row per item, kept as columns of numbers and not as objects: 100,000 rows are under 2 MB until before-states come.
 * Reasons repeat (“already in the room”), so each text is kept once.
 */
export class Ledger {
  readonly size: number;
  /** Grows with every change of any row. */
  version = 0;
  readonly #statuses: Uint8Array;
  readonly #attempts: Uint16Array;
  /** Epoch ms; NaN = no outcome yet. */
  readonly #endedAt: Float64Array;
  readonly #reasons: Int32Array;
  readonly #texts: Text[] = [''];
  readonly #textNumbers = new Map<string, number>([['', 0]]);
  /** Made with the first before-state: many jobs have none. */
  #befores: (Json | undefined)[] | null = null;
  readonly #parts = new Map<number, Json[]>();
  /** Rows with a request that got no answer: few at any time. False: whatever is still carried out changes nothing more. */
  readonly #unanswered = new Map<number, boolean>();
  readonly #counts = new Int32Array(STATUSES.length);
  readonly #found = new Map<string, { version: number; indexes: readonly number[] }>();

  readonly #note: (entry: Entry) => void;

  /** @param note called with outcomes and before-states, which have to outlive the page */
  constructor(size: number, note: (entry: Entry) => void = () => undefined) {
    this.#note = note;
    this.size = size;
    this.#statuses = new Uint8Array(size);
    this.#attempts = new Uint16Array(size);
    this.#endedAt = new Float64Array(size).fill(Number.NaN);
    this.#reasons = new Int32Array(size);
    this.#counts[CODES.waiting] = size;
  }

  /** Different reasons so far, the empty one included. */
  get textCount(): number {
    return this.#texts.length;
  }

  is(index: number, status: ItemStatus): boolean {
    return this.#statuses[index] === CODES[status];
  }

  count(status: ItemStatus): number {
    return this.#counts[CODES[status]] ?? 0;
  }

  counts(): Readonly<Record<ItemStatus, number>> {
    return {
      waiting: this.count('waiting'),
      running: this.count('running'),
      done: this.count('done'),
      skipped: this.count('skipped'),
      failed: this.count('failed'),
      unknown: this.count('unknown'),
    };
  }

  attempts(index: number): number {
    return this.#attempts[index] ?? 0;
  }

  /** Sent once more. @returns how many times by now. */
  begin(index: number): number {
    this.#status(index, 'running');
    this.#reasons[index] = 0;
    const attempts = Math.min(this.attempts(index) + 1, 0xffff);
    this.#attempts[index] = attempts;
    return attempts;
  }

  /** Back to waiting, with why. Its before-state and attempts stay. */
  wait(index: number, reason: Text): void {
    this.#status(index, 'waiting');
    this.#reason(index, reason);
    this.#endedAt[index] = Number.NaN;
  }

  end(index: number, status: EndStatus, reason: Text, now: number): void {
    this.#status(index, status);
    this.#reason(index, reason);
    this.#endedAt[index] = now;
    this.#note(endEntry(index, status, reason, this.attempts(index), now, this.#unanswered.get(index)));
  }

  /** A request of it got no answer, and may be carried out at any time. Written down with what comes next of the row. */
  noteUnanswered(index: number): void {
    this.#unanswered.set(index, true);
    this.version += 1;
  }

  /** Whatever is still carried out of it changes nothing more. */
  settle(index: number): void {
    if (this.isUnanswered(index)) this.#unanswered.set(index, false);
  }

  isUnanswered(index: number): boolean {
    return this.#unanswered.get(index) === true;
  }

  /** In no order. */
  unanswered(): number[] {
    return [...this.#unanswered].flatMap(([index, isOpen]) => (isOpen ? [index] : []));
  }

  /** As it is in the journal. */
  restore(index: number, row: KeptRow): void {
    this.#status(index, row.status);
    this.#reason(index, row.reason);
    this.#attempts[index] = row.attempts;
    this.#endedAt[index] = row.endedAt ?? Number.NaN;
    if (row.before !== undefined) this.#setBefore(index, row.before);
    if (row.parts) this.#parts.set(index, [...row.parts]);
    // Where the page went away before the answer came, there is none.
    if (row.unanswered || row.cutOff) this.#unanswered.set(index, true);
    else this.#unanswered.delete(index);
  }

  /** @param before undefined = what is kept stays */
  keepBefore(index: number, before: Json | undefined): void {
    if (before === undefined) return;
    this.#setBefore(index, before);
    this.#note(['before', index, before]);
  }

  addPart(index: number, part: Json): void {
    const parts = this.parts(index);
    if (parts.length === 0) this.#parts.set(index, [part]);
    else this.#parts.get(index)?.push(part);
    this.version += 1;
    this.#note(['part', index, part]);
  }

  /** Grows in place. */
  parts(index: number): readonly Json[] {
    return this.#parts.get(index) ?? [];
  }

  #setBefore(index: number, before: Json): void {
    this.#befores ??= Array.from<Json | undefined>({ length: this.size });
    this.#befores[index] = before;
    this.version += 1;
  }

  /** Everything of a row but what the job's own `describe` says. */
  facts(index: number) {
    const endedAt = this.#endedAt[index] ?? Number.NaN;
    return {
      status: STATUSES[this.#statuses[index] ?? 0] ?? 'waiting',
      reason: this.#texts[this.#reasons[index] ?? 0] ?? '',
      before: this.#befores?.[index],
      ...(this.#parts.has(index) && { parts: this.parts(index) }),
      attempts: this.attempts(index),
      endedAt: Number.isNaN(endedAt) ? null : endedAt,
      ...(this.isUnanswered(index) && { unanswered: true as const }),
    };
  }

  /** In plan order; all rows when no status is named. The same array as long as it holds the same. */
  indexes(statuses: readonly ItemStatus[]): readonly number[] {
    const key = statuses.length === 0 ? '*' : [...new Set(statuses)].toSorted().join(' ');
    const known = this.#found.get(key);
    // The list of all rows never changes.
    if (known && (key === '*' || known.version === this.version)) return known.indexes;
    const wanted = new Uint8Array(STATUSES.length);
    for (const status of statuses.length === 0 ? STATUSES : statuses) wanted[CODES[status]] = 1;
    const indexes: number[] = [];
    for (let index = 0; index < this.size; index += 1) {
      if (wanted[this.#statuses[index] ?? 0] === 1) indexes.push(index);
    }
    const isSame = known?.indexes.length === indexes.length && indexes.every((one, at) => one === known.indexes[at]);
    const found = isSame ? known.indexes : indexes;
    this.#found.set(key, { version: this.version, indexes: found });
    return found;
  }

  #status(index: number, status: ItemStatus): void {
    const from = this.#statuses[index] ?? 0;
    const to = CODES[status];
    this.#counts[from] = (this.#counts[from] ?? 0) - 1;
    this.#counts[to] = (this.#counts[to] ?? 0) + 1;
    this.#statuses[index] = to;
    this.version += 1;
  }

  #reason(index: number, reason: Text): void {
    // The key of a message must differ from foreign words that happen to read the same.
    const key = typeof reason === 'string' ? reason : `\0${textKey(reason)}`;
    let number = this.#textNumbers.get(key);
    if (number === undefined) {
      number = this.#texts.length;
      this.#texts.push(reason);
      this.#textNumbers.set(key, number);
    }
    this.#reasons[index] = number;
  }
}
