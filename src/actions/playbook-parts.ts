import type { Json, LedgerRow, Outcome } from '~/jobs/job';
import { readText, type Text } from '~/lib/text';
import type { ActionItem } from './plan';

/**
 * What the journal keeps of an item of a playbook, one after the other as it happens. Journals are read with it, so it only ever
 * grows. Short lists: a user may have 50,000 files.
 */
export type Part =
  /** The targets of a step, once they were read. */
  | readonly ['targets', step: string, ids: readonly string[]]
  /** What a step is about to change of a target, as a look found it just before. */
  | readonly ['plan', step: string, id: string, item: Json]
  /** What its action keeps before it sends something, and whatever it keeps later. */
  | readonly ['kept', step: string, id: string, kept: Json]
  /** How a target of a step ended. `doubtful`: an earlier request of it got no answer. `at`: epoch ms. */
  | readonly ['end', step: string, id: string, status: EndStatus, reason: Json, doubtful?: boolean, at?: number]
  /** What a step noted for later ones. */
  | readonly ['noted', step: string, noted: Json]
  | readonly ['step', step: string, status: EndStatus, reason: Json, at?: number]
  /** A step that had failed begins anew, with what failed of it. */
  | readonly ['again', step: string]
  /** A check failed: a retry begins these steps anew. */
  | readonly ['reopens', step: string, steps: readonly string[]]
  /** A step that had ended begins anew, with the targets that it has by then. */
  | readonly ['reopen', step: string];

export type EndStatus = Outcome['status'];

export const asPart = (part: Part): Json => part as unknown as Json;

export function endPart(step: string, id: string, { status, reason, at }: Ending, isDoubtful: boolean): Part {
  const end = ['end', step, id, status, textAsJson(reason), isDoubtful] as const;
  return at === undefined ? end : [...end, at];
}

export function stepPart(step: string, { status, reason, at }: Ending): Part {
  const end = ['step', step, status, textAsJson(reason)] as const;
  return at === undefined ? end : [...end, at];
}

const textAsJson = (text: Text): Json => text;

/** One target of a step. */
export interface Change {
  readonly id: string;
  /** Missing: it was not looked at so far. */
  readonly item?: ActionItem;
  /** Something was sent, or was about to be. */
  readonly kept?: Json;
  /** Missing: it is still to be done, or nobody knows. */
  readonly end?: Ending & { readonly doubtful: boolean };
}

export interface Ending {
  readonly status: EndStatus;
  readonly reason: Text;
  /** Epoch ms. Missing: an earlier Glia kept it. */
  readonly at?: number;
}

export interface StepState {
  readonly key: string;
  /** Null: not read so far, or it only reads. */
  readonly targets: readonly string[] | null;
  readonly changes: ReadonlyMap<string, Change>;
  readonly end: Ending | null;
  /** What it noted. */
  readonly noted: Json | undefined;
  /** Steps that a retry of it begins anew. */
  readonly reopens: readonly string[];
  /** Its one target of which nobody knows yet whether it was changed. */
  readonly open: Change | null;
}

interface MutableState {
  readonly key: string;
  targets: readonly string[] | null;
  readonly changes: Map<string, Change>;
  end: Ending | null;
  reopens: readonly string[];
  isReopened: boolean;
}

/** How far an item is: its parts, read one by one as they are kept. */
export class Progress {
  readonly noted: Record<string, Json> = {};
  readonly #steps = new Map<string, MutableState>();
  /** Requests without an answer that may still be carried out, though the job went on. */
  doubts = 0;

  constructor(parts: readonly Json[] = []) {
    for (const part of parts) this.read(part);
  }

  read(part: Json): void {
    // Written by `asPart`, and nothing else writes parts.
    const [kind, key, ...rest] = part as unknown as Part;
    const step = this.#step(key);
    switch (kind) {
      case 'targets':
        step.targets = rest[0] as readonly string[];
        if (step.isReopened) for (const id of step.targets) this.#again(step, changeIn(step, id));
        step.isReopened = false;
        return;
      case 'plan': {
        const [id, item] = rest as unknown as [string, ActionItem];
        this.#set(step, { id, item });
        return;
      }
      case 'kept': {
        const [id, kept] = rest as unknown as [string, Json];
        this.#set(step, { ...changeIn(step, id), kept });
        return;
      }
      case 'end': {
        const [id, status, reason, doubtful] = rest as unknown as [string, EndStatus, Json, boolean?];
        const { end: _end, ...change } = changeIn(step, id);
        this.#set(step, { ...change, end: { status, reason: readText(reason), doubtful: doubtful === true } });
        return;
      }
      case 'noted':
        this.noted[key] = rest[0] as Json;
        return;
      case 'step':
        step.end = {
          status: rest[0] as EndStatus,
          reason: readText(rest[1]),
          ...(typeof rest[2] === 'number' && { at: rest[2] }),
        };
        return;
      case 'again':
        step.end = null;
        for (const change of step.changes.values()) if (change.end?.status === 'failed') this.#again(step, change);
        return;
      case 'reopens':
        step.reopens = rest[0] as readonly string[];
        return;
      case 'reopen':
        step.end = null;
        step.targets = null;
        step.isReopened = true;
    }
  }

  step(key: string): StepState {
    const { targets, changes, end, reopens } = this.#step(key);
    const noted = this.noted[key];
    return {
      key,
      targets,
      changes,
      end,
      noted,
      reopens,
      // Looked for only where it is asked for: a step may have 50,000 targets.
      get open() {
        for (const change of changes.values()) if (change.kept !== undefined && !change.end) return change;
        return null;
      },
    };
  }

  #step(key: string): MutableState {
    const known = this.#steps.get(key);
    if (known) return known;
    const step: MutableState = {
      key,
      targets: null,
      changes: new Map(),
      end: null,
      reopens: [],
      isReopened: false,
    };
    this.#steps.set(key, step);
    return step;
  }

  /** Where a request of it may still come, that is looked for first. */
  #again(step: MutableState, { end, ...change }: Change): void {
    this.#set(step, end?.doubtful ? change : { id: change.id });
  }

  #set(step: MutableState, change: Change): void {
    if (step.changes.get(change.id)?.end?.doubtful) this.doubts -= 1;
    if (change.end?.doubtful) this.doubts += 1;
    step.changes.set(change.id, change);
  }
}

const changeIn = ({ changes }: MutableState, id: string): Change => changes.get(id) ?? { id };

/** The steps of a row in the order in which they began, for screens and reports. */
export function stepsOf({ parts = [] }: Pick<LedgerRow, 'parts'>): readonly StepState[] {
  const progress = new Progress(parts);
  const keys = new Set(parts.map((part) => (part as unknown as Part)[1]));
  return [...keys].map((key) => progress.step(key));
}
