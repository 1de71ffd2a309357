import type { AnyAction, Entity, Group } from './action';
import { kindToday } from './older';
import { actionFor } from './under-mas';

/** Every action there is: a file in a folder of this one, and nothing else, makes it. Those of one file in the order of their kinds. */
const files = import.meta.glob<Record<string, unknown>>(['./*/*.ts', '!./*/*.spec.ts', '!./playbook/*.ts'], {
  eager: true,
});

const isAction = (value: unknown): value is AnyAction =>
  typeof value === 'object' && value !== null && 'kind' in value && 'look' in value && 'write' in value;

export const allActions: readonly AnyAction[] = Object.values(files).flatMap((exports) =>
  Object.values(exports)
    .filter(isAction)
    .toSorted((one, other) => (one.kind < other.kind ? -1 : 1)),
);

/** In this order, each under its heading. */
export const GROUPS = [
  'access',
  'profile',
  'account',
  'limits',
  'content',
  'membership',
  'entry',
  'upkeep',
] as const satisfies readonly Group[];

const rankOf = ({ group, danger }: AnyAction): number =>
  danger ? GROUPS.length : group === undefined ? -1 : GROUPS.indexOf(group);

/** What admins look for most, at the head of its group. */
const FIRST = [
  'user.lock',
  'user.unlock',
  'user.suspend',
  'user.unsuspend',
  'user.reset-password',
  'user.end-sessions',
  'user.login-as',
];
const placeOf = ({ kind }: AnyAction): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);

/** In the order of a menu, without what has a wizard of its own: what destroys comes last. */
export const actionsOn = (entity: Entity, isMas = false): readonly AnyAction[] =>
  allActions
    .filter((action) => action.entity === entity && !action.hasWizard && !(isMas && action.notUnderMas))
    .map((action) => actionFor(action, { mas: isMas }))
    .toSorted((one, other) => rankOf(one) - rankOf(other) || placeOf(one) - placeOf(other));

/** Of a kind of jobs, those of older versions too. */
export function actionOf(kind: string): AnyAction | undefined {
  const today = kindToday(kind);
  return allActions.find((action) => action.kind === today);
}
