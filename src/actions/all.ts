import type { AnyAction, Entity } from './action';

/** Every action there is: a file in a folder of this one, and nothing else, makes it. */
const files = import.meta.glob<Record<string, unknown>>(['./*/*.ts', '!./*/*.spec.ts'], { eager: true });

const isAction = (value: unknown): value is AnyAction =>
  typeof value === 'object' && value !== null && 'kind' in value && 'look' in value && 'write' in value;

export const allActions: readonly AnyAction[] = Object.values(files).flatMap((exports) =>
  Object.values(exports).filter(isAction),
);

/** In the order of a menu: what destroys comes last. */
export const actionsOn = (entity: Entity): readonly AnyAction[] =>
  allActions
    .filter((action) => action.entity === entity)
    .toSorted((one, other) => Number(one.danger ?? false) - Number(other.danger ?? false));

export const actionOf = (kind: string): AnyAction | undefined => allActions.find((action) => action.kind === kind);
