import { withValues, type Text } from '~/lib/text';
import { textOfError } from '~/lib/text-error';
import { SLICE_MS, type Environment } from './environment';
import type { Columns, JobSpec } from './job';
import { Lanes } from './lanes';

const TWICE = /*i18n*/ { id: 'job.twice', message: 'It is in the list twice. Only the first one counts.' };
const ODD = /*i18n*/ { id: 'job.odd-item', message: 'Glia can’t read this item: {error}' } as const;

/** Items read between two looks at the clock. */
const STEP = 64;

/**
 * The items as they were handed over: the job runs exactly these. Ids and columns are asked for when a row is shown, not
 * kept: 100,000 rows of strings would be the heaviest part of a job.
 */
export class ItemIndex<Item> {
  readonly size: number;
  /** Every column that some item has, in order of appearance; complete once all items are read. */
  columns: readonly string[] = [];
  readonly #items: readonly Item[];
  readonly #describe: JobSpec<Item>['describe'];
  readonly #lane: JobSpec<Item>['lane'];
  readonly #laneOf: Int32Array | null;

  constructor(spec: Pick<JobSpec<Item>, 'items' | 'describe' | 'lane'>) {
    this.#items = spec.items.slice();
    this.#describe = (item) => spec.describe(item);
    this.#lane = spec.lane ? (item) => spec.lane?.(item) ?? '' : undefined;
    this.size = this.#items.length;
    this.#laneOf = spec.lane ? new Int32Array(this.size) : null;
    if (this.size > 0) this.#noteColumns(this.describe(0).columns);
  }

  item(index: number): Item {
    if (index < 0 || index >= this.size) throw new RangeError(`This job has no item ${index}.`);
    return this.#items[index] as Item;
  }

  /** An item that can't be described is one odd row, and does not kill the list. */
  describe(index: number): { id: string; columns: Columns } {
    try {
      return this.#describe(this.item(index));
    } catch {
      return { id: `#${index + 1}`, columns: {} };
    }
  }

  /**
   * Reads every item once, and lets the page work in between.
   * @param onOdd called for each item that can't run: an id that was there before (skipped), a description that fails (failed).
   */
  async read(
    environment: Environment,
    onOdd: (index: number, status: 'skipped' | 'failed', reason: Text) => void,
  ): Promise<Lanes> {
    const ids = new Set<string>();
    const lanes = new Map<string, number>();
    let sliceBegan = environment.tick();
    for (let index = 0; index < this.size; index += 1) {
      if (index % STEP === 0 && environment.tick() - sliceBegan > SLICE_MS) {
        await environment.yieldToPage();
        sliceBegan = environment.tick();
      }
      try {
        if (!this.#read(index, ids, lanes)) onOdd(index, 'skipped', TWICE);
      } catch (error) {
        onOdd(index, 'failed', withValues(ODD, { error: textOfError(error) }));
      }
    }
    return new Lanes(this.size, this.#laneOf, Math.max(1, lanes.size));
  }

  /** @returns false when its id was there before. */
  #read(index: number, ids: Set<string>, lanes: Map<string, number>): boolean {
    const item = this.item(index);
    const { id, columns } = this.#describe(item);
    if (this.#laneOf) {
      const name = this.#lane?.(item) ?? '';
      const lane = lanes.get(name) ?? lanes.size;
      if (lane === lanes.size) lanes.set(name, lane);
      this.#laneOf[index] = lane;
    }
    this.#noteColumns(columns);
    if (ids.has(id)) return false;
    ids.add(id);
    return true;
  }

  #noteColumns(columns: Columns): void {
    for (const name of Object.keys(columns)) {
      if (!this.columns.includes(name)) this.columns = [...this.columns, name];
    }
  }
}
