import * as z from 'zod/mini';
import type { Json } from '~/jobs/job';
import type { ActionItem, Kept } from './plan';

/** Jobs that older versions of Glia kept, in forms of their own, read as jobs of today's actions. It only ever shrinks with time. */

const TODAY: Readonly<Record<string, string>> = {
  'external-ids': 'user.external-ids-remove',
  'external-ids-undo': 'user.external-ids-remove',
};

/** What a kind of jobs is called today. */
export const kindToday = (kind: string): string => TODAY[kind] ?? kind;

const id = z.object({ auth_provider: z.string(), external_id: z.string() });
const ids = z.array(id);
type Ids = z.output<typeof ids>;

const without = (all: Ids, some: Ids): Ids =>
  all.filter((one) => !some.some((other) => JSON.stringify(other) === JSON.stringify(one)));
const state = (external_ids: Ids): Json => ({ external_ids });

const removalPlan = z.object({ provider: z.string() });
const removalItem = z.tuple([z.string(), ids, ids]);
const undoPlan = z.object({ undoes: z.string() });
const undoItem = z.tuple([z.string(), ids, ids, z.nullable(z.number()), z.optional(z.literal(true))]);

export interface OlderPlan {
  readonly input: Json;
  readonly undoes?: { readonly id: string; readonly title: string };
  item(kept: Json): ActionItem;
}

/** @throws where it is not in the form that was kept once. Undefined: this kind has today's form. */
export function olderPlan(kind: string, plan: Json): OlderPlan | undefined {
  if (kind === 'external-ids') {
    const { provider } = z.parse(removalPlan, plan);
    return {
      input: { provider },
      item(kept) {
        const [userId, removes, planned] = z.parse(removalItem, kept);
        return { id: userId, planned: state(planned), goal: state(without(planned, removes)), identity: null };
      },
    };
  }
  if (kind !== 'external-ids-undo') return undefined;
  return {
    input: null,
    undoes: { id: z.parse(undoPlan, plan).undoes, title: '' },
    item(kept) {
      const [userId, adds, left, identity, late] = z.parse(undoItem, kept);
      const goal = state([...left, ...adds]);
      return { id: userId, planned: state(left), goal, identity, ...(late && { late }) };
    },
  };
}

const removed = z.object({
  kept: z.literal('external-ids/1'),
  created_at: z.nullable(z.number()),
  external_ids: ids,
  /** Empty where the job left the user alone. */
  removes: ids,
  /** They were found gone after a try whose answer nobody read. */
  found_gone: z.optional(z.literal(true)),
  /** An answer said that the job took them, however the row ended. */
  taken: z.optional(z.literal(true)),
});
const putBack = z.object({
  kept: z.literal('external-ids-undo/1'),
  created_at: z.nullable(z.number()),
  external_ids: ids,
  adds: ids,
});
const older = z.discriminatedUnion('kept', [removed, putBack]);

/** What the ledger kept of an item; null where it is in no form that was kept once, or says that nothing was sent. */
export function olderKept(before: Json | undefined): Kept | null {
  const { data } = z.safeParse(older, before);
  if (!data) return null;
  const { external_ids: had, created_at: identity } = data;
  const kept = { kept: 'action/1', before: state(had), identity } as const;
  if (data.kept === 'external-ids-undo/1') return { ...kept, goal: state([...had, ...data.adds]) };
  if (data.removes.length === 0) return null;
  const taken = data.found_gone ? false : data.taken;
  return { ...kept, goal: state(without(had, data.removes)), ...(taken !== undefined && { taken }) };
}
