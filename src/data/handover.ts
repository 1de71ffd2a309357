import type { RoomsQuery } from '~/api/rooms';
import type { UsersQuery } from '~/api/users';
import { currentSession, watchSession } from './session';

/** What was selected in a list, on its way into a wizard. A filter means “all that match it”: the wizard pages through it. */
export interface Handover {
  users?: { ids: readonly string[] } | { filter: UsersQuery; total: number };
  rooms?: { ids: readonly string[] } | { filter: RoomsQuery; total: number };
}

let waiting: Handover = {};

watchSession(() => {
  if (currentSession().status === 'signed-out') waiting = {};
});

export function handOver(value: Handover): void {
  waiting = value;
}

export function peekHandover(): Handover {
  return waiting;
}

/** Once: the next wizard that opens starts empty again. */
export function takeHandover(): Handover {
  const taken = waiting;
  waiting = {};
  return taken;
}
