import type { Job } from '~/jobs/job';
import { createStore, type Store } from '~/lib/store';
import { readingOf, type Reading } from './scans';
import { wordsOfError } from '~/lib/words';

/** What a wizard remembers of a plan, always together with the choice that it is made from. */
export interface PlanState<Choice, Plan> {
  readonly choice: Choice;
  /** A plan is being made, though perhaps nothing is read for it yet. */
  readonly isMaking: boolean;
  /** What is read to make the plan. */
  readonly reading: (Reading & { readonly stage: string }) | null;
  /** Made from exactly this choice. */
  readonly planned: Plan | null;
  /** Why no plan can be made from this choice. */
  readonly problem: string | null;
}

/** Given to the code that makes a plan. Once the plan is no longer wanted, none of this does anything. */
export interface Making<Plan> {
  /** Aborted once the plan is no longer wanted: the choice changed, or the admin cancelled. */
  readonly signal: AbortSignal;
  /**
   * The scan that is shown now. It is stopped once the plan is no longer wanted.
   * @param next called once: when everything was read, or at the admin’s word where something could not be read
   */
  read(job: Job, stage: string, next: () => void): void;
  finish(plan: Plan): void;
  fail(problem: string): void;
}

const NOTHING = { isMaking: false, reading: null, planned: null, problem: null } as const;

/**
 * A choice and the plan made from it. Changing the choice, dropping the plan and cancelling what is read for it are one act, so that
 * no wizard can do one of them and forget the others. Knows no React.
 */
export class PlanDraft<Choice extends object, Plan> {
  readonly #store: Store<PlanState<Choice, Plan>>;
  #making: AbortController | null = null;

  constructor(choice: Choice) {
    this.#store = createStore<PlanState<Choice, Plan>>({ choice, ...NOTHING });
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#store.subscribe(listener);
  readonly get = (): PlanState<Choice, Plan> => this.#store.get();

  /** What is entered. A patch that changes nothing leaves the plan alone: a field may report the value it had. */
  readonly choose = (patch: Partial<Choice>): void => {
    const { choice } = this.get();
    const next = { ...choice, ...patch };
    if ((Object.keys(next) as (keyof Choice)[]).every((key) => Object.is(next[key], choice[key]))) return;
    this.drop();
    this.#set({ choice: next });
  };

  /** Makes a plan in the place of the one before. @param begin may take its time; it reads and finishes through `making` */
  readonly make = (begin: (making: Making<Plan>) => void | Promise<void>): void => {
    this.drop();
    const mine = new AbortController();
    const { signal } = mine;
    this.#making = mine;
    this.#set({ isMaking: true });
    const end = (outcome: Pick<PlanState<Choice, Plan>, 'planned'> | Pick<PlanState<Choice, Plan>, 'problem'>) => {
      if (this.#making !== mine) return;
      this.#making = null;
      this.#set({ ...NOTHING, ...outcome });
    };
    // What goes wrong in the making ends it with its reason: nobody waits for a plan that never comes.
    const orFail = (step: () => void) => {
      try {
        step();
      } catch (error) {
        end({ problem: wordsOfError(error) });
      }
    };
    const making: Making<Plan> = {
      signal,
      read: (job, stage, next) => {
        const reading = readingOf(job, () => orFail(next), signal);
        if (this.#making === mine) this.#set({ reading: { ...reading, stage } });
      },
      finish: (planned) => end({ planned }),
      fail: (problem) => end({ problem }),
    };
    orFail(() => {
      begin(making)?.catch((error: unknown) => end({ problem: wordsOfError(error) }));
    });
  };

  /** The same findings with another choice that the plan itself offers. Nothing where the plan was dropped since. */
  readonly replan = (planned: Plan): void => {
    if (this.get().planned !== null) this.#set({ planned });
  };

  /** Drops the plan and cancels what is read for it. The choice stays. */
  readonly drop = (): void => {
    this.#making?.abort();
    this.#making = null;
    const { isMaking, planned, problem } = this.get();
    if (isMaking || planned !== null || problem !== null) this.#set(NOTHING);
  };

  #set(part: Partial<PlanState<Choice, Plan>>): void {
    this.#store.set({ ...this.get(), ...part });
  }
}
