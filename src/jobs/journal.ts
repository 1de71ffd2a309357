import type { Text } from '~/lib/text';
import type { JobSnapshot, Json } from './job';
import { TextReader, type KeptMessage, type KeptText, type TextWriter } from './kept-texts';

/** What a job writes down as it goes, so that nothing is lost with its page. Pure: where it is kept is the caller's. */

export type KeptStatus = 'waiting' | 'done' | 'skipped' | 'failed' | 'unknown';
export type EndStatus = Exclude<KeptStatus, 'waiting'>;

/** In the order in which things happened. Short names: a job of 100,000 items writes 300,000 of them. */
export type Entry =
  /** About to be sent. Without a later entry about the item nobody knows whether it was, and whether it happened. */
  | readonly ['sent', index: number]
  /**
   * Nothing was done; it waits again, with why.
   * @param unanswered a request was sent, or may have been, and got no answer: it may still be carried out
   */
  | readonly ['back', index: number, reason: Text, attempts: number, unanswered?: true]
  /** The state found just before the change. */
  | readonly ['before', index: number, before: Json]
  /** One more of the things that an item does one by one. */
  | readonly ['part', index: number, part: Json]
  /**
   * @param endedAt epoch ms
   * @param unanswered as of `back`; false: whatever is still carried out changes nothing more; missing: as it was
   */
  | readonly [
      'end',
      index: number,
      status: EndStatus,
      reason: Text,
      attempts: number,
      endedAt: number,
      unanswered?: boolean,
    ]
  /** Whatever waits at this moment was left out for good. */
  | readonly ['stop'];

/** The same as a disk holds it. */
export type KeptEntry = Entry | KeptMessage | KeptOutcome;
type KeptOutcome =
  | readonly ['back', index: number, reason: KeptText, ...more: unknown[]]
  | readonly ['end', index: number, status: EndStatus, reason: KeptText, ...more: unknown[]];

/** What to write for these entries, the messages that they need included. */
export function keptEntries(entries: Iterable<Entry>, texts: TextWriter): KeptEntry[] {
  const kept: KeptEntry[] = [];
  const keep = (text: Text): KeptText => texts.keep(text, (message) => kept.push(message));
  for (const entry of entries) {
    if (entry[0] === 'back') {
      const [kind, index, reason, ...more] = entry;
      kept.push([kind, index, keep(reason), ...more]);
    } else if (entry[0] === 'end') {
      const [kind, index, status, reason, ...more] = entry;
      kept.push([kind, index, status, keep(reason), ...more]);
    } else kept.push(entry);
  }
  return kept;
}

export interface Journal {
  /**
   * Resolves when the entries are durable, and with them all that were written before. Called with the next ones only then.
   * @throws what there is to say when they can't be kept: the job continues, and says that it is no longer kept.
   */
  write(entries: readonly Entry[], snapshot: JobSnapshot): Promise<void>;
  /**
   * After `write` was refused: resolves when nothing that was written can be taken for the job any more. Null or missing: nothing
   * can. A journal that fell behind says less than was done, so nothing may be sent while the job could be resumed from it.
   */
  readonly stale?: Promise<void> | null;
}

/** A row as it is in the journal. */
export interface KeptRow {
  status: KeptStatus;
  reason: Text;
  attempts: number;
  /** Epoch ms; null = no outcome. */
  endedAt: number | null;
  before: Json | undefined;
  parts?: readonly Json[];
  /** Left out by a stop: it never runs. */
  leftOut: boolean;
  /** About to be sent or sent, and the page went away before an answer was written down. */
  cutOff: boolean;
  /** A request of it got no answer. It may be carried out at any time, whatever came of the row since. */
  unanswered: boolean;
}

const UNTOUCHED: KeptRow = {
  status: 'waiting',
  reason: '',
  attempts: 0,
  endedAt: null,
  before: undefined,
  leftOut: false,
  cutOff: false,
  unanswered: false,
};

export const backEntry = (index: number, reason: Text, attempts: number, unanswered: boolean): Entry =>
  unanswered ? ['back', index, reason, attempts, true] : ['back', index, reason, attempts];

export const endEntry = (
  index: number,
  status: EndStatus,
  reason: Text,
  attempts: number,
  endedAt: number,
  unanswered: boolean | undefined,
): Entry => {
  const end = ['end', index, status, reason, attempts, endedAt] as const;
  return unanswered === undefined ? end : [...end, unanswered];
};

export const CUT_OFF = /*i18n*/ {
  id: 'job.cut-off',
  message: 'The page closed while this was being sent, so it may have happened.',
};

/** What is known of each item by its journal. Takes entries in order; rows that nothing was written of are `waiting`. */
export class Recollection {
  readonly size: number;
  /** Stopped for good: nothing of what was left out runs any more. */
  isStopped = false;
  readonly #rows: (KeptRow | undefined)[];
  readonly #parts = new Map<number, Json[]>();
  readonly #texts = new TextReader();

  constructor(size: number) {
    this.size = size;
    this.#rows = Array.from<KeptRow | undefined>({ length: size });
  }

  read(entries: Iterable<KeptEntry>): this {
    for (const entry of entries) this.#read(entry as Entry | KeptMessage);
    return this;
  }

  row(index: number): KeptRow {
    return this.#rows[index] ?? (this.isStopped ? { ...UNTOUCHED, leftOut: true } : UNTOUCHED);
  }

  /** The fewest entries that tell the same. */
  *entries(): Generator<Entry> {
    const back: Entry[] = [];
    for (const [index, row] of this.#rows.entries()) {
      if (!row) continue;
      const { status, reason, attempts, unanswered } = row;
      if (row.before !== undefined) yield ['before', index, row.before];
      for (const part of row.parts ?? []) yield ['part', index, part];
      if (status === 'waiting') {
        const waits = backEntry(index, reason, attempts, unanswered);
        if (row.leftOut) yield waits;
        else back.push(waits);
        continue;
      }
      if (row.cutOff && (unanswered || attempts > 0)) yield backEntry(index, '', attempts, unanswered);
      yield row.cutOff
        ? ['sent', index]
        : endEntry(index, status, reason, attempts, row.endedAt ?? 0, unanswered || undefined);
    }
    if (this.isStopped) yield ['stop'];
    yield* back;
  }

  #read(entry: Entry | KeptMessage): void {
    if (entry[0] === 'text') {
      this.#texts.define(entry);
      return;
    }
    if (entry[0] === 'stop') {
      this.#stop();
      return;
    }
    const index = entry[1];
    // A row of another job, or of a longer one: no row is made up.
    if (!Number.isInteger(index) || index < 0 || index >= this.size) return;
    const row = this.#rows[index] ?? this.row(index);
    switch (entry[0]) {
      case 'sent':
        this.#rows[index] = { ...row, status: 'unknown', reason: CUT_OFF, endedAt: null, leftOut: false, cutOff: true };
        break;
      case 'back':
        this.#rows[index] = {
          ...row,
          status: 'waiting',
          reason: this.#texts.read(entry[2]),
          attempts: entry[3],
          endedAt: null,
          leftOut: false,
          cutOff: false,
          unanswered: row.unanswered || entry[4] === true,
        };
        break;
      case 'before':
        this.#rows[index] = { ...row, before: entry[2] };
        break;
      case 'part':
        this.#addPart(index, row, entry[2]);
        break;
      case 'end':
        this.#rows[index] = {
          ...row,
          status: entry[2],
          reason: this.#texts.read(entry[3]),
          attempts: entry[4],
          endedAt: entry[5],
          leftOut: false,
          cutOff: false,
          unanswered: entry[6] ?? row.unanswered,
        };
        break;
    }
  }

  /** In place: some items have 50,000. */
  #addPart(index: number, row: KeptRow, part: Json): void {
    const parts = this.#parts.get(index) ?? [];
    parts.push(part);
    this.#parts.set(index, parts);
    this.#rows[index] = { ...row, parts };
  }

  #stop(): void {
    this.isStopped = true;
    for (const [index, row] of this.#rows.entries()) {
      if (row?.status === 'waiting') this.#rows[index] = { ...row, leftOut: true };
    }
  }
}
