/**
 * Which item is next. Items of a lane run one at a time and in plan order; lanes take turns. Linked lists in typed arrays:
 * every step is O(1), whatever the number of items and lanes.
 */
export class Lanes {
  /** Items that wait for their turn. */
  size = 0;
  readonly #laneOf: Int32Array | null;
  readonly #next: Int32Array;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #busy: Uint8Array;
  /** A ring of the lanes that have something to do and are free. */
  readonly #ready: Int32Array;
  #readyFirst = 0;
  #readyCount = 0;

  /** @param laneOf the lane of each item, or null when any items may run side by side. */
  constructor(itemCount: number, laneOf: Int32Array | null, laneCount: number) {
    const lanes = laneOf ? laneCount : 1;
    this.#laneOf = laneOf;
    this.#next = new Int32Array(itemCount).fill(-1);
    this.#first = new Int32Array(lanes).fill(-1);
    this.#last = new Int32Array(lanes).fill(-1);
    this.#busy = new Uint8Array(lanes);
    this.#ready = new Int32Array(lanes);
  }

  /** To the end of its lane. */
  add(index: number): void {
    const lane = this.#lane(index);
    this.#next[index] = -1;
    if (this.#isEmpty(lane)) {
      this.#first[lane] = index;
      if (this.#busy[lane] === 0) this.#pushReady(lane);
    } else {
      this.#next[this.#last[lane] ?? 0] = index;
    }
    this.#last[lane] = index;
    this.size += 1;
  }

  /** The next item, or -1 when none may run now. Its lane is taken until `release` or `putBack`. */
  take(): number {
    if (this.#readyCount === 0) return -1;
    const lane = this.#ready[this.#readyFirst] ?? 0;
    const index = this.#first[lane] ?? -1;
    this.#first[lane] = this.#next[index] ?? -1;
    this.size -= 1;
    if (this.#laneOf) this.#busy[lane] = 1;
    if (this.#laneOf || this.#isEmpty(lane)) {
      this.#readyFirst = (this.#readyFirst + 1) % this.#ready.length;
      this.#readyCount -= 1;
    }
    return index;
  }

  /** Items that are likely next, at most so many and one of a lane: a guess, nothing is taken. */
  upcoming(count: number): number[] {
    const found: number[] = [];
    if (!this.#laneOf) {
      for (let index = this.#first[0] ?? -1; index !== -1 && found.length < count; index = this.#next[index] ?? -1) {
        found.push(index);
      }
      return found;
    }
    for (let turn = 0; turn < Math.min(count, this.#readyCount); turn += 1) {
      const lane = this.#ready[(this.#readyFirst + turn) % this.#ready.length] ?? 0;
      found.push(this.#first[lane] ?? 0);
    }
    return found;
  }

  /** A taken item has ended: its lane is free, and takes its place behind the other lanes. */
  release(index: number): void {
    if (!this.#laneOf) return;
    const lane = this.#lane(index);
    this.#busy[lane] = 0;
    if (!this.#isEmpty(lane)) this.#pushReady(lane);
  }

  /** A taken item has to run again: it is the first of its lane, and its lane is next. */
  putBack(index: number): void {
    const lane = this.#lane(index);
    const wasReady = !this.#laneOf && !this.#isEmpty(lane);
    if (this.#isEmpty(lane)) this.#last[lane] = index;
    this.#next[index] = this.#first[lane] ?? -1;
    this.#first[lane] = index;
    this.#busy[lane] = 0;
    this.size += 1;
    if (wasReady) return;
    this.#readyFirst = (this.#readyFirst - 1 + this.#ready.length) % this.#ready.length;
    this.#ready[this.#readyFirst] = lane;
    this.#readyCount += 1;
  }

  /** Forgets all that wait. Only while nothing is taken. */
  clear(): void {
    this.#first.fill(-1);
    this.#readyCount = 0;
    this.size = 0;
  }

  #lane(index: number): number {
    return this.#laneOf?.[index] ?? 0;
  }

  #isEmpty(lane: number): boolean {
    return this.#first[lane] === -1;
  }

  #pushReady(lane: number): void {
    this.#ready[(this.#readyFirst + this.#readyCount) % this.#ready.length] = lane;
    this.#readyCount += 1;
  }
}
