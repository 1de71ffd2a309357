import { useMemo, useSyncExternalStore } from 'react';
import type { PlanRow } from './plan-rows';

/** The rows of a plan that the admin leaves out. A click costs the same with 100,000 rows as with ten. Knows no React. */
export class LeftOut {
  readonly #ids = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #version = 0;
  /** Rows that would run, and how many of them are left out: counted once for each plan, then kept up to date. */
  #counted: { of: ReadonlySet<string>; count: number } = { of: new Set(), count: 0 };

  readonly has = (id: string): boolean => this.#ids.has(id);
  /** Another number after each change. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(ids: Iterable<string>, out: boolean): void {
    for (const id of ids) {
      if (this.#ids.has(id) === out) continue;
      if (out) this.#ids.add(id);
      else this.#ids.delete(id);
      if (this.#counted.of.has(id)) this.#counted.count += out ? 1 : -1;
    }
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** How many of these are left out. Keep the set: with another one all are counted anew. */
  countIn(of: ReadonlySet<string>): number {
    if (this.#counted.of !== of) {
      let count = 0;
      for (const id of this.#ids) if (of.has(id)) count += 1;
      this.#counted = { of, count };
    }
    return this.#counted.count;
  }
}

/** By the plan that they belong to: they last as long as it does, and a new plan begins with every row. */
const byPlan = new WeakMap<object, LeftOut>();

function leftOutOf(plan: object): LeftOut {
  const known = byPlan.get(plan);
  if (known) return known;
  const fresh = new LeftOut();
  byPlan.set(plan, fresh);
  return fresh;
}

/** What is left in of a plan, as it is now. */
export interface LeftIn<Row extends PlanRow> {
  readonly rows: readonly Row[];
  readonly leftOut: LeftOut;
  /** How many of its rows will run. */
  readonly count: number;
  /** How many rows that would run are left out. */
  readonly out: number;
  /** Another number after each change. */
  readonly version: number;
  /** The rows that will run, gathered when they are asked for. */
  runs(): Row[];
}

/** @param plan what the rows were made from, and stays the same while choices of the plan make them anew */
export function useLeftIn<Row extends PlanRow>(plan: object, rows: readonly Row[]): LeftIn<Row> {
  const leftOut = leftOutOf(plan);
  const version = useSyncExternalStore(leftOut.subscribe, leftOut.version);
  const would = useMemo(() => new Set(rows.filter(wouldRun).map(({ id }) => id)), [rows]);
  return useMemo(() => {
    const out = leftOut.countIn(would);
    const runs = () => rows.filter((row) => wouldRun(row) && !leftOut.has(row.id));
    return { rows, leftOut, count: would.size - out, out, version, runs };
  }, [rows, leftOut, would, version]);
}

/** Only these can be left out: the others do nothing anyway. */
export const wouldRun = ({ verdict }: PlanRow): boolean => verdict === 'will';
