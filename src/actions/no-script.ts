import type { AnyAction } from './action';
import type { Text } from '~/lib/text';

/** Why there is no script of a plan of this action, as it acts here (`under-mas.ts`), or null: there is one. */
export function whyNoScript({ script }: AnyAction, isUndo: boolean): Text | null {
  if (!script) return null;
  return script.onlyUndo && !isUndo ? null : script.never;
}
