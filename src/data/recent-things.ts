import { createStore } from '~/lib/store';
import { thingAt, type Thing } from '~/lib/paths';
import { currentSession, watchSession } from './session';

/** Pages of one thing that were opened lately, the last one first: in the memory of this page, for one account. */
const recent = createStore<readonly Thing[]>([]);

const MOST = 20;

export const recentThings = { get: recent.get, subscribe: recent.subscribe };

/** @param pathname where one is now */
export function noteVisit(pathname: string): void {
  const thing = thingAt(pathname);
  if (!thing) return;
  const others = recent.get().filter(({ kind, id }) => kind !== thing.kind || id !== thing.id);
  recent.set([thing, ...others].slice(0, MOST));
}

// What one admin looked at is nothing to the next.
watchSession(() => {
  if (currentSession().status === 'signed-out') recent.set([]);
});
