import type { Ask, NOT_THERE, TaskStarted, Told } from '~/api/ask';
import type { HomeserverError } from '~/api/errors';
import type { Homeserver } from '~/api/request';
import type { Columns, Json, Policy } from '~/jobs/job';
import type { PasswordRules } from '~/lib/passwords';
import type { Place } from '~/lib/places';
import type { Claim } from './claims';
import type { Form } from './form';
import type { IconName } from './icon-name';
import { whyNotAllowed } from './restrictions';
import type { StepGround, StepItem, Steps } from './steps';
import type { Text, Values } from '~/lib/text';

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
  /** In menus and on buttons: “Lock”. */
  readonly label: Text;
  /** With what it is done to, for titles and the last button: “Lock @anna:example.org”, “Lock 12 users”. */
  readonly phrase: Phrase;
  /** More values of the phrase: what was entered, or the parts of an ID. */
  phraseValues?(input: Input | null, id: string | null): Values;
  /** More words by which it is found: “ban”, “block”. */
  readonly keywords?: readonly string[];
  /** Beside its label, in menus and in a palette of commands: no other action has it. */
  readonly icon: IconName;
  /** Missing: above all headings. */
  readonly group?: Group;
  /** Shown last and red. */
  readonly danger?: true;
  /** It can be undone, but what happens until then can’t, so it has to be confirmed by typing. */
  readonly grave?: true;
  /** Nothing is lost by it, though it can’t be undone: it needs no more than a click. */
  readonly harmless?: true;
  /** Its plan is made in a wizard of its own: no menu and no page for many offers it. */
  readonly hasWizard?: true;
  /** The kind of what can be undone and is offered first. */
  readonly instead?: string;
  /** The same for many makes no sense: what is entered can be only one's. */
  readonly onlyForOne?: true;
  /** What happens and what does not, in sentences to read before. */
  consequences(input: Input, many: boolean, where: Where): readonly Text[];
  /** Why it can't work on this homeserver, or null: its version, MAS. */
  guard?(server: Server): Text | null;
  /** What the admin enters first. Missing: nothing, and `input` is null. */
  readonly form?: Form<Input, Seen>;
  /** One item as it is now. A 404 means that it is gone. */
  look(id: string, server: Server): Ask<Seen>;
  /** What a 404 to a look means, as a sentence. Missing: it does not exist on this homeserver. */
  readonly gone?: Text;
  /** Where the state stands in what a look finds. */
  readonly watch: Watch<State> | Read<Seen, State>;
  /** Whether an item is as the plan found it, or as it was to be. Missing: each part of the state is the same. */
  same?(one: State, now: State): boolean;
  /** Where it stands what tells this item from another one of the same name made later: a time of creation. */
  readonly identity?: Place;
  /** What the state is to be. @param me the signed-in admin, where one is */
  goal(input: Input, seen: Seen, me?: string): State;
  /** Why there is nothing to do in a plan, where that the item is so already would not say it. */
  readonly nothing?: Text;
  /** What must not be true of an item that is changed, and why. Asked for the plan, and again just before the change. */
  readonly refuse?: readonly Refusal[];
  /** The same where it hangs on what was entered. */
  refuseBy?(input: Input): readonly Refusal[];
  /** Why it must not be done to one’s own account. */
  readonly notMyself?: Text;
  /** It would break a bridge or bot: it is not done to a user that `config.json` says an application service manages. */
  readonly notManaged?: true;
  /**
   * Completes the goal of an item that would be changed by more looks, for each plan: the rooms of a user, which the request has
   * to name. @returns that goal, or why the item can't be changed
   */
  prepare?(
    change: Planned<State>,
    by: { readonly seen: Seen; readonly input: Input; readonly look: LookAt; readonly server: Server },
  ): Promise<{ readonly goal: State; readonly remark?: Text } | { readonly cannot: Text }>;
  /**
   * What stands against this one though all about the item itself is fine, or null: someone else holds what it is to get. Asked,
   * with more looks, for each plan; just before the change the homeserver's own refusal tells.
   */
  obstacle?(change: Planned<State>, look: LookAt, server: Server): Promise<Text | null>;
  /** What it would touch, in sentences with numbers, for the dialog of one: a few more looks. */
  weigh?(
    change: Planned<State>,
    by: { readonly seen: Seen; readonly input: Input; readonly look: LookAt; readonly server: Server },
  ): Promise<readonly Text[]>;
  /**
   * What the item gets that can be only one's, where the homeserver would take it away from its holder without a word. Each is asked
   * for the plan, and again just before the change.
   */
  claims?(change: Planned<State>): readonly Claim[];
  /** What to know of one item that will be changed, or ''. */
  remark?(seen: Seen, goal: State): Text;
  /**
   * The one request that changes something; an undo calls it with the state from before. Its answer tells how the item is now;
   * null where it does not: then a look follows. `TaskStarted` where the homeserver works on it in the background: then `task` follows that.
   */
  write(id: string, goal: State, by: By<State, Input>): Ask<Seen | typeof NOT_THERE | TaskStarted | Told | null>;
  /**
   * Where it takes more than the one request: all of them, in order, in the place of `write`, which then only shows what is sent
   * first. Asked anew at each try: what is so by then is left as it is.
   * @returns as the answer to `write` is read; `Told` where it was found out here that it is so
   */
  carryOut?(
    change: Planned<State>,
    by: By<State, Input> & { readonly ask: LookAt; wait(ms: number): Promise<void> },
  ): Promise<Seen | typeof NOT_THERE | Told | null>;
  /** How a task is asked how far it is. Where the action is `unseen` too, it alone tells how it ended; otherwise a look does. */
  task?(id: string, task: string, server: Server): Ask<TaskState>;
  /** The tasks of this kind that the homeserver knows of the item, so that one without an answer is found; null: it can't tell. */
  tasks?(id: string, server: Server): Ask<readonly string[]> | null;
  /** No look shows whether it was done: the answer to the request alone tells, and without an answer nobody knows. */
  readonly unseen?: true;
  /** What is made for each item when it is sent, or typed for one, and shown once: a password. */
  readonly secret?: Secret;
  /** What the answer hands out, shown once: an access token. In memory only, as a secret is. */
  readonly hands?: Handing;
  /** Its one request is sent with the secret in the place of the admin's token: a 401 to it says that this one has ended. */
  readonly byIts?: 'secret';
  /** What a refusal of the change means, or null: the homeserver's own words follow. */
  explain?(error: HomeserverError): Text | null;
  /** The state of an item that is gone, where the action leads there: then a look that finds nothing is no odd thing. It stays so. */
  readonly absent?: State;
  /**
   * It is changed without a look where the homeserver tells of no single item, or a worker does not route that. This is how it is
   * then found out whether it is still there.
   */
  isThere?(hs: Homeserver, item: { readonly id: string; readonly note?: Json }, signal: AbortSignal): Promise<boolean>;
  /** What the plan, the ledger and the report tell of an item besides: its size, its owner. Kept, and never compared. */
  note?(seen: Seen): Json;
  /** Sending it twice does no harm. */
  readonly repeatable: boolean;
  /** For so many ms (below 0: never), and of the same session: what comes later would be carried out once more, so it is not sent. */
  knownFor?(server: Server): number;
  /**
   * The homeserver writes the change and may then answer 429, without what follows from it. It is then sent once more, though it is
   * so already.
   */
  readonly writtenWhenBusy?: true;
  /** Items of one lane are changed one after the other. Missing: any side by side. */
  lane?(id: string): string;
  /** What a job does besides its changes, for their sake. */
  steps?(ground: StepGround, items: readonly StepItem[], input: Input): Steps;
  /** `concurrency: 1` where the homeserver works long on each. */
  readonly policy?: Partial<Policy>;
  /**
   * `restore`: by the same action with the state from before. `partly`: so too, and a sentence says what does not come back.
   * `never`: a sentence says why not.
   */
  readonly undo: 'restore' | { readonly partly: Text } | { readonly never: Text };
  /** A state in words, for plans, dialogs and reports: “locked”. */
  words(state: State): Text;
  /** The same for tables and files, with IDs unchanged; missing: as in words. */
  asItIs?(state: State): Text;
  /**
   * What the homeserver still does in the background for an item that was changed: a sentence for its row, or null.
   * @param change its input is null in an undo
   */
  aftermath?(change: Planned<State> & { input: Input | null }, look: LookAt, wait: Wait): Promise<Text | null>;
  /** What to know when it is done, in sentences. */
  afterwards?(server: Server): readonly Text[];
  /** What the ledger says of an item besides its ID, by column. Missing: what it was and what it is to be, in words. */
  columns?(item: { readonly id: string; readonly label?: string; readonly note?: Json }): Columns;
  /** Why a plan of it can't be taken along as a script, or only one that undoes it. Missing: it can. */
  readonly script?: { readonly never: Text; readonly onlyUndo?: true };
  /** Where MAS keeps the accounts it has no effect, and no counterpart: no menu offers it there. */
  readonly notUnderMas?: true;
  /** What differs where Matrix Authentication Service keeps the accounts (`under-mas.ts`). Missing: nothing does. */
  readonly underMas?: UnderMas;
  /** It acts on MAS: `underMas` was put in its place, or only MAS has what it is about. */
  readonly at?: 'mas';
}

/** What a change is made by, besides its goal. */
export interface By<State extends Json, Input extends Json> {
  readonly server: Server;
  readonly input: Input;
  /** The state just before; the plan's, where a script or a copied request is made of it. */
  readonly now: State;
  /** What tells the item from another one of its name: of an account of MAS, the ID that its requests name. */
  readonly identity?: Json;
  /** What was made for this item; missing where the action has none. */
  readonly secret?: string | undefined;
}

/** How far a task on the homeserver is. */
export type TaskState =
  | { readonly status: 'running' }
  /** `told`: what the homeserver reports of it, as sentences. */
  | { readonly status: 'done'; readonly told?: Text }
  /** `details`: for the report, all that the reason only counts. */
  | { readonly status: 'failed'; readonly reason: Text; readonly details?: Json }
  /** The homeserver does not know it (any more). A 404 says so, too. */
  | { readonly status: 'lost' };

/** `one` names its item by `{id}`; `many` says how many, and of =0 what kind of things: “Lock users”. */
export interface Phrase {
  readonly one: { readonly id: string; readonly message: string };
  readonly many: { readonly id: string; readonly message: `${string}{count, plural, =0 {${string}` };
}

/** What an answer hands out. */
export interface Handing {
  /** Above it. */
  readonly label: Text;
  /** Why nothing is sent once the page that would show it is gone. */
  readonly gone: Text;
  /** The kind that ends it; it takes it as its secret. Missing: none does so where it is shown. */
  readonly endedBy?: string;
}

/** A password: it is in memory only: never in a journal, a report, a script, a copied request or a URL (`secrets.ts`). */
export interface Secret {
  /** What the homeserver asks of one: read before the first is made. Where it does not answer, nothing is asked. */
  rules?(server: Server): Ask<PasswordRules>;
  make(rules?: PasswordRules): string;
  /** Somebody has it already, and it is only used: nothing of it has to be shown or saved. */
  readonly isKnown?: true;
  /** Why one that was typed can’t be used, or null. */
  problem(typed: string, rules?: PasswordRules): Text | null;
}

/** Each part of the state and its place. `whole`: the answer is the state, with these numbers, and `{}` or null stands for null. */
export type Watch<State> = Whole | { readonly [Name in keyof State as Extract<Name, string>]: Place };
export interface Whole {
  readonly whole: readonly string[];
}
/** Where places do not do. Such an action has no script. */
export interface Read<Seen, State> {
  read(seen: Seen): State;
}

/** A change that a plan would make. */
export interface Planned<State> {
  readonly id: string;
  readonly planned: State;
  readonly goal: State;
}

type Wait = (ms: number) => Promise<void>;
/** @throws HomeserverError */
export type LookAt = <Answer>(one: Ask<Answer>) => Promise<Answer>;

/**
 * `member`: a user in a room, by the IDs of both with a blank between them. `device`: likewise, one of a user. `destination`: another
 * homeserver, by its name. `token`: a registration token. `background`: what the homeserver does there, by a name. `alias`, `event`:
 * of a room, by its own ID and the room's.
 * `report`, `user-report`: of a message or of a user, by its number. The last six: what MAS keeps (`actions/mas/ids.ts`).
 */
export type Entity =
  | 'user'
  | 'media'
  | 'member'
  | 'device'
  | 'room'
  | 'alias'
  | 'event'
  | 'destination'
  | 'token'
  | 'background'
  | 'report'
  | 'user-report'
  | 'mas-session'
  | 'personal-token'
  | 'email'
  | 'upstream-link'
  | 'mas-token'
  | 'policy-data';

/** Where it stands in a menu, under a heading of its own; in this order. */
export type Group = 'profile' | 'account' | 'access' | 'limits' | 'content' | 'membership' | 'entry' | 'upkeep';

/** A flag that is set, or a number within these bounds, both included. */
export interface Refusal {
  readonly where: Place;
  readonly from?: number;
  readonly upTo?: number;
  readonly because: Text;
}

/** What its consequences hang on besides. */
export interface Where {
  readonly server: Server;
  /** One’s own account is among the items. */
  readonly isMyself: boolean;
}

/** As far as an action has to know it. */
export interface Server {
  /** The part after the colon of local IDs. */
  readonly serverName: string;
  /** Synapse's version as it says it. */
  readonly version: string;
  /** Matrix Authentication Service keeps the accounts. */
  readonly mas: boolean;
  /** The token may use its Admin API, which is there, as this OAuth client; none where the token was pasted. */
  readonly masApi?: boolean;
  readonly masUrl?: string;
  /** Undefined: older than 1.4, or not known. */
  readonly masVersion?: string | undefined;
  readonly masClient?: string;
  /** The signed-in admin. */
  readonly me?: string;
  /** Why nothing may be changed now. */
  readonly held?: Text;
}

/** Any action, where nobody needs to know what it looks at. Methods compare loosely, so that each one is assignable. */
export interface AnyAction extends Omit<Action<unknown, Json, Json>, 'watch'> {
  readonly watch: Whole | Readonly<Record<string, Place>> | Read<unknown, Json>;
}

/** The same in both worlds. */
type Fixed = 'kind' | 'entity' | 'icon' | 'group' | 'secret' | 'notUnderMas' | 'underMas' | 'at';
/** `undefined` takes away what the action does elsewhere. */
export type UnderMas = { readonly [Name in keyof Omit<AnyAction, Fixed>]?: AnyAction[Name] | undefined };

/** An action as it is written: checked against its own types, and read as any. */
export function defineAction<Seen, State extends Json, Input extends Json = null>(
  action: Action<Seen, State, Input>,
): AnyAction {
  const { underMas } = action;
  return {
    ...action,
    guard: (server) =>
      server.held ??
      whyNotAllowed(action.kind) ??
      (server.mas && underMas ? masGuard(server, underMas) : action.guard?.(server)) ??
      null,
  };
}

/** What differs under MAS, checked against its own types: it looks at something else, and has the same state and input. */
export function defineUnderMas<Seen, State extends Json, Input extends Json = null>(
  variant: Partial<Omit<Action<Seen, State, Input>, Fixed>>,
): UnderMas {
  return variant;
}

export const NEEDS_MAS_API = /*i18n*/ {
  id: 'action.needs-mas-api',
  message:
    'Matrix Authentication Service manages the accounts of this homeserver, and your access token can’t use its Admin API. Sign in through MAS, or with a token that has the scope urn:mas:admin.',
};

const masGuard = (server: Server, { guard }: UnderMas): Text | null =>
  server.masApi === true ? (guard?.(server) ?? null) : NEEDS_MAS_API;

export const canUndo = ({ undo }: AnyAction): boolean => undo === 'restore' || 'partly' in undo;

/** Whether it is confirmed by typing what it is done to. */
export const needsTyping = (action: AnyAction): boolean =>
  action.danger === true || action.grave === true || (!canUndo(action) && action.harmless !== true);

const CAN_UNDO = /*i18n*/ { id: 'action.can-undo', message: 'You can undo this.' };

/** How it is undone, as a sentence to read before. */
export function undoWords({ undo }: AnyAction): Text {
  if (undo === 'restore') return CAN_UNDO;
  return 'partly' in undo ? undo.partly : undo.never;
}
