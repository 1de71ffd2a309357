import type { Found, StepBy } from '~/actions/playbook';
import { lookAtJoinedRooms } from '~/api/user-asks';
import type { Json } from '~/jobs/job';
import { sentences, withValues, type Text } from '~/lib/text';
import { filesOf } from './left';

/** What the last step of a playbook finds: what is left of what was to go. */

/** Synapse leaves the rooms one after the other. Ms between two looks. */
const LOOKS_AFTER = [0, 1000, 2000, 4000, 8000, 15_000, 30_000];

const LEFT_ROOMS = /*i18n*/ {
  id: 'playbook.check.rooms',
  message:
    '{count, plural, one {The account is still in # room. Synapse may still be removing it: retry later.} other {The account is still in # rooms. Synapse may still be removing it: retry later.}}',
} as const;
const LEFT_FILES = /*i18n*/ {
  id: 'playbook.check.files',
  message: '{count, plural, one {# file is left.} other {# files are left.}}',
} as const;
const PROTECTED_LEFT = /*i18n*/ {
  id: 'playbook.check.protected',
  message:
    '{count, plural, one {# protected file is left: Glia does not delete protected files.} other {# protected files are left: Glia does not delete protected files.}}',
} as const;
const NO_FILE_LEFT = /*i18n*/ { id: 'playbook.check.no-file', message: 'No file is left.' };
const IN_NO_ROOM = /*i18n*/ { id: 'playbook.check.no-room', message: 'The account is in no room.' };
const NOTHING_CHECKED = /*i18n*/ { id: 'playbook.check.nothing', message: 'There was nothing to check.' };

/** What a check notes for later: the report, the receipt of an erasure. */
export interface CheckNote {
  /** Keys of the steps that it does not show to be whole: something is left, or it could not be looked at. */
  readonly open?: readonly string[];
}

/** The findings of one check, gathered. */
export class Findings {
  readonly #good: Text[] = [];
  readonly #left: Text[] = [];
  readonly #spared: Text[] = [];
  readonly #open = new Set<string>();
  readonly #reopens = new Set<string>();

  good(reason: Text): void {
    this.#good.push(reason);
  }

  /** The check failed; a retry carries out that step again. Missing: waiting is all that it takes. */
  left(step: string, reason: Text, isReopened = true): void {
    this.#left.push(reason);
    this.#open.add(step);
    if (isReopened) this.#reopens.add(step);
  }

  /** Left on purpose, or not to be known here: no retry changes that. */
  spared(step: string, reason: Text): void {
    this.#spared.push(reason);
    this.#open.add(step);
  }

  found(noted: Readonly<Record<string, Json>> = {}): Found {
    const told = [...this.#left, ...this.#spared, ...this.#good];
    const status = this.#left.length > 0 ? 'failed' : this.#spared.length > 0 ? 'skipped' : null;
    return {
      ...(status !== null && { status }),
      ...(this.#reopens.size > 0 && { reopens: [...this.#reopens] }),
      reason: told.length === 0 ? NOTHING_CHECKED : told.reduce<Text>(sentences, ''),
      noted: { ...noted, open: [...this.#open] },
    };
  }
}

type By = Pick<StepBy<never>, 'target' | 'look' | 'server' | 'wait'>;

/** Whether the step `media` left nothing but protected files. */
export async function checkFiles({ target, look, server }: By, findings: Findings): Promise<void> {
  const files = await filesOf(target.id, look, server);
  const spared = files.filter(({ isProtected }) => isProtected).length;
  const count = files.length - spared;
  if (count > 0) findings.left('media', withValues(LEFT_FILES, { count }));
  if (spared > 0) findings.spared('media', withValues(PROTECTED_LEFT, { count: spared }));
  else if (count === 0) findings.good(NO_FILE_LEFT);
}

/** Whether the step `deactivate` took the account out of its rooms. */
export async function checkRooms({ target, look, wait }: By, findings: Findings): Promise<void> {
  let count = 0;
  for (const ms of LOOKS_AFTER) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await wait(ms);
    // oxlint-disable-next-line no-await-in-loop -- as above
    count = (await look(lookAtJoinedRooms(target.id))).joined_rooms.length;
    if (count === 0) break;
  }
  if (count > 0) findings.left('deactivate', withValues(LEFT_ROOMS, { count }), false);
  else findings.good(IN_NO_ROOM);
}
