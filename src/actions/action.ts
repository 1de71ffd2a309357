import type { Ask } from '~/api/ask';
import type { Json, Policy } from '~/jobs/job';
import type { Place } from '~/lib/places';
import type { Text } from '~/lib/text';

/**
 * One change that an admin can make. From this the product makes the dialog for one, the wizard for many, the plan, the run, the
 * journal, the undo and the scripts (`job.ts`, `plan.ts`). An action is one file in the folder of what it changes, and being
 * there is all it takes: `all.ts` finds it.
 *
 * Every change has one shape: look → is it as planned, is the goal there already? → keep what was there → send one request →
 * judge by an answer.
 *
 * @typeParam Seen what a look finds; its facts decide whether the change may be made
 * @typeParam State the part of it that the action changes: kept as it was before, compared with the plan, put back by an undo
 * @typeParam Input what the admin enters, the same for all items
 */
export interface Action<Seen, State extends Json, Input extends Json = null> {
  /** `user.lock`: in URLs, journals and reports. Never changes. */
  readonly kind: string;
  readonly entity: Entity;
  /** In menus and on buttons: “Lock”. Each text of an action is a message; a plain string is shown as it is. */
  readonly label: Text;
  /** With what it is done to, `{what}`: “Lock 12 users”. The label and then that, unless said. */
  readonly phrase?: { readonly id: string; readonly message: `${string}{what}${string}` };
  /** More words by which it is found: “ban”, “block”. */
  readonly keywords?: readonly string[];
  /** Shown last and red. */
  readonly danger?: true;
  /** What happens and what does not, in sentences to read before. */
  consequences(input: Input, many: boolean): readonly Text[];
  /** Why it can't work on this homeserver, or null: its version, MAS. */
  guard?(server: Server): Text | null;
  /** What the admin enters first. Missing: nothing, and `input` is null. */
  readonly form?: Form<Input>;
  /** One item as it is now. A 404 means that it is gone. */
  look(id: string, server: Server): Ask<Seen>;
  /** Where the state stands in what a look finds. */
  readonly watch: Watch<State>;
  /** Where it stands what tells this item from another one of the same name made later: a time of creation. */
  readonly identity?: Place;
  /** What the state is to be. */
  goal(input: Input, seen: Seen): State;
  /** What must not be true of an item that is changed, and why. Asked for the plan, and again just before the change. */
  readonly refuse?: readonly { readonly where: Place; readonly because: Text }[];
  /** Why it must not be done to one’s own account. */
  readonly notMyself?: Text;
  /**
   * The one request that changes something; an undo calls it with the state from before. Its answer tells how the item is now;
   * null where it does not: then a look follows.
   */
  write(id: string, goal: State, server: Server): Ask<Seen | null>;
  /** Sending it twice does no harm. */
  readonly repeatable: boolean;
  /** `concurrency: 1` where the homeserver works long on each. */
  readonly policy?: Partial<Policy>;
  /**
   * `restore`: by the same action with the state from before. `partly`: so too, and a sentence says what does not come back.
   * `never`: a sentence says why not.
   */
  readonly undo: 'restore' | { readonly partly: Text } | { readonly never: Text };
  /** A state in words, for plans, dialogs and reports: “locked”. */
  words(state: State): Text;
  /** Why a plan of it can't be taken along as a script. Missing: it can. */
  readonly script?: { readonly never: Text };
}

/**
 * Each part of the state and its place. `whole`: the answer is the state, with these numbers, and `{}` or null stands for null.
 */
export type Watch<State> = Whole | { readonly [Name in keyof State & string]: Place };
export interface Whole {
  readonly whole: readonly string[];
}

export type Entity = 'user' | 'media';

/** As far as an action has to know it. */
export interface Server {
  /** The part after the colon of local IDs. */
  readonly serverName: string;
  /** Synapse's version as it says it. */
  readonly version: string;
  /** Matrix Authentication Service keeps the accounts. */
  readonly mas: boolean;
}

export interface Form<Input extends Json> {
  readonly fields: readonly Field[];
  readonly initial: Readonly<Record<string, string | number | boolean>>;
  /** @returns what was entered, or what is wrong with which field */
  read(
    values: Readonly<Record<string, string | number | boolean>>,
  ): { input: Input } | { problems: Readonly<Record<string, string>> };
}

/** A field that the dialog draws. Few kinds on purpose: an action that needs more has a page of its own. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly kind: 'text' | 'number' | 'switch';
}

/** Any action, where nobody needs to know what it looks at. Methods compare loosely, so that each one is assignable. */
export interface AnyAction extends Omit<Action<unknown, Json, Json>, 'watch'> {
  readonly watch: Whole | Readonly<Record<string, Place>>;
}

/** An action as it is written: checked against its own types, and read as any. */
export function defineAction<Seen, State extends Json, Input extends Json = null>(
  action: Action<Seen, State, Input>,
): AnyAction {
  return action;
}

export const canUndo = ({ undo }: AnyAction): boolean => undo === 'restore' || 'partly' in undo;

const CAN_UNDO = /*i18n*/ { id: 'action.can-undo', message: 'You can undo this.' };

/** How it is undone, as a sentence to read before. */
export function undoWords({ undo }: AnyAction): Text {
  if (undo === 'restore') return CAN_UNDO;
  return 'partly' in undo ? undo.partly : undo.never;
}
