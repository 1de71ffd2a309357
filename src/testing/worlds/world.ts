import type { Json } from '~/jobs/job';
import type { MockHomeserver } from '~/mocks/homeserver';

/** Where one action is tried out: an item that it changes, and how the homeserver has it. */
export interface World {
  /** An item that the action would change, of this name where it has one. @returns its ID */
  make(model: MockHomeserver, name?: string): string;
  /** Puts the item where the action leads (true), or back (false): what somebody else does. */
  set(model: MockHomeserver, id: string, isReached: boolean): void;
  isReached(model: MockHomeserver, id: string): boolean;
  /** Makes it another one, or puts it where neither the plan nor the goal is. */
  drift(model: MockHomeserver, id: string): void;
  remove(model: MockHomeserver, id: string): void;
  /** An item that the action refuses to change. */
  refused?(model: MockHomeserver): string;
  input?: Json;
}
