import type { JobSnapshot, JobSpec, Outcome } from '~/jobs/job';
import { Recollection, type Entry, type Journal } from '~/jobs/journal';
import { restingState, type Restored } from '~/jobs/restored';
import { settle } from './engine';

/** Specs of pages that go away: what is on disk then, and what the homeserver did. */

/** A disk in hand: what is written is on the disk only when the spec says so, and nothing more from a page that is gone. */
export class Disk implements Journal {
  readonly entries: Entry[] = [];
  snapshot: JobSnapshot | null = null;
  isSlow = false;
  fails: string | null = null;
  #pending: (() => void)[] = [];

  write(entries: readonly Entry[], snapshot: JobSnapshot): Promise<void> {
    if (this.fails !== null) return Promise.reject(new Error(this.fails));
    const land = () => {
      this.entries.push(...(JSON.parse(JSON.stringify(entries)) as Entry[]));
      this.snapshot = snapshot;
    };
    if (!this.isSlow) {
      land();
      return Promise.resolve();
    }
    return new Promise((resolve) =>
      this.#pending.push(() => {
        land();
        resolve();
      }),
    );
  }

  async land(): Promise<void> {
    for (const land of this.#pending.splice(0)) land();
    await settle();
  }

  crash(): void {
    this.#pending = [];
  }

  restore(size: number): Restored {
    const { snapshot } = this;
    if (!snapshot) throw new Error('Nothing was written.');
    const { id, state, startedAt, endedAt } = snapshot;
    return { id, state: restingState(state), startedAt, endedAt, rows: new Recollection(size).read(this.entries) };
  }
}

/** A homeserver: what it did and what it was asked, whatever becomes of the page. */
export class Server {
  readonly done = new Map<string, number>();
  readonly asked: string[] = [];
  /** Items that are on their way; each is answered by the spec, or its page is gone. */
  readonly calls: { item: string; act(): void; answer(): Promise<void> }[] = [];
  isGone = false;

  spec(items: readonly string[], overrides: Partial<JobSpec<string>> = {}): JobSpec<string> {
    const page = { isGone: false };
    this.#page = page;
    return {
      kind: 'try-out',
      title: 'Try it out',
      owner: { baseUrl: 'https://example.org', userId: '@admin:example.org' },
      items,
      describe: (item) => ({ id: item, columns: {} }),
      run: (item) => {
        if (page.isGone) return new Promise<Outcome>(() => undefined);
        this.asked.push(item);
        return new Promise((resolve) => {
          let acted = false;
          const act = () => {
            if (!acted) this.done.set(item, (this.done.get(item) ?? 0) + 1);
            acted = true;
          };
          const call = {
            item,
            act,
            answer: async () => {
              act();
              this.calls.splice(this.calls.indexOf(call), 1);
              resolve({ status: 'done' });
              await settle();
            },
          };
          this.calls.push(call);
        });
      },
      verify: (item) =>
        Promise.resolve(this.done.has(item) ? { status: 'done', reason: 'Verified.' } : { status: 'not-done' }),
      classify: (error) => ({ kind: 'refused', reason: String(error) }),
      repeatable: false,
      policy: { canary: 0 },
      ...overrides,
    };
  }

  #page = { isGone: false };

  /** The page's process is killed: some of what was in flight still reaches the server. */
  crash(reaches: (index: number) => boolean): void {
    this.#page.isGone = true;
    for (const [index, call] of this.calls.splice(0).entries()) if (reaches(index)) call.act();
  }
}
