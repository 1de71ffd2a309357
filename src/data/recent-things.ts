import { thingAt, type Thing } from '~/lib/paths';
import { accountMemory } from './account-memory';

/** Pages of one thing that were opened lately, the last one first: in the memory of this page, for each account. */
const recent = accountMemory<readonly Thing[]>([]);

const MOST = 20;

export const recentThings = { get: recent.get, subscribe: recent.subscribe };

/** @param pathname where one is now */
export function noteVisit(pathname: string): void {
  const thing = thingAt(pathname);
  if (!thing) return;
  const others = recent.get().filter(({ kind, id }) => kind !== thing.kind || id !== thing.id);
  recent.set([thing, ...others].slice(0, MOST));
}
