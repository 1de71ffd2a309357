import { TaskLost } from './run-errors';

const NOT_AGAIN = /*i18n*/ {
  id: 'action.not-again',
  message:
    'Glia did not send it again: by now the homeserver would no longer know it as the same, and carry it out twice.',
};

/** Requests that the homeserver knows again when they come once more: for some time, and of the same session. */
export class Repeats {
  readonly #first = new Map<string, { readonly at: number; readonly token: string }>();
  readonly #knownFor: (() => number | undefined) | undefined;

  /** @param knownFor ms, below 0 never; undefined: for ever, or nothing hangs on it */
  constructor(knownFor: (() => number | undefined) | undefined) {
    this.#knownFor = knownFor;
  }

  /** To call before each request of an item. @throws TaskLost where it must not be sent again */
  check(id: string, token: string, sentEarlier: boolean): void {
    const knownFor = this.#knownFor?.();
    if (knownFor === undefined) return;
    const first = this.#first.get(id);
    if (!sentEarlier) this.#first.set(id, { at: Date.now(), token });
    else if (first?.token !== token || Date.now() - first.at > knownFor) throw new TaskLost(NOT_AGAIN);
  }
}
