import type { PasswordRules } from '~/lib/passwords';
import type { Job } from '~/jobs/job';
import type { Secret } from './action';

/**
 * The secrets of one job, by item: made when an item is first sent, and the same for each try of it. They live in the memory of
 * the page that runs the job and nowhere else. They are handed out once, and then forgotten.
 */
export class Secrets {
  readonly #made = new Map<string, string>();
  readonly #secret: Secret | undefined;
  #isClosed = false;

  /** @param typed for the one item that has it instead of one that is made */
  constructor(secret: Secret | undefined, typed?: { readonly id: string; readonly value: string }) {
    this.#secret = secret;
    if (typed) this.#made.set(typed.id, typed.value);
  }

  /** Whoever began the job signed out: nothing more is made. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  get(id: string): string | undefined {
    return this.#made.get(id);
  }

  make(id: string, rules: PasswordRules | undefined): string {
    const made = this.#made.get(id) ?? this.#secret?.make(rules) ?? '';
    this.#made.set(id, made);
    return made;
  }

  /** An answer handed it out. */
  hold(id: string, value: string): void {
    if (!this.#isClosed) this.#made.set(id, value);
  }

  /** Those of a job that are worth keeping, as of now. */
  *heldOf({ row, indexes }: Pick<Job, 'row' | 'indexes'>): Generator<Held> {
    if (this.#made.size === 0 || this.#secret?.isKnown) return;
    for (const index of indexes([])) {
      const { id, status, unanswered } = row(index);
      const value = this.#made.get(id);
      if (value === undefined) continue;
      if (status === 'done') yield { id, value, isSure: true };
      else if (status === 'unknown' || unanswered) yield { id, value, isSure: false };
    }
  }

  forget(id: string): void {
    this.#made.delete(id);
  }

  close(): void {
    this.#isClosed = true;
    this.#made.clear();
  }
}

export interface Held {
  readonly id: string;
  readonly value: string;
  /** By the homeserver’s answer. Otherwise none came: this one may be set, or the one before. */
  readonly isSure: boolean;
}
