import type { BridgeNote } from '~/actions/playbook/bridge';
import type { Target } from '~/actions/playbook';
import { withValues } from '~/lib/text';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import type { AccountRow } from './accounts';
import type { BridgePlanned } from './ghosts';

/** Which rooms are deleted with which ghosts. */

/** A room of the ghosts: it is deleted, or it stays. */
export interface RoomRow extends PlanRow {
  /** The ghosts that run, and the bot. */
  readonly ofBridge: readonly string[];
  /** Everyone else, whatever their user IDs look like. */
  readonly people: readonly string[];
}

const SHARED = /*i18n*/ {
  id: 'playbooks.shared-room',
  message: '{count} others are in it. The ghosts leave it when they are deactivated.',
} as const;

/**
 * The bridge is its bot and the ghosts that run, by their user IDs: any other member counts as a person, and so does a ghost that is
 * left out.
 */
export function roomsOf({ rooms, input: { bot } }: BridgePlanned, runs: readonly AccountRow[]): readonly RoomRow[] {
  const bridge = new Set([bot, ...runs.map(({ id }) => id)]);
  return [...rooms].flatMap(([id, members]): RoomRow[] => {
    const ofBridge = members.filter((userId) => bridge.has(userId));
    const people = members.filter((userId) => !bridge.has(userId));
    // A room of ghosts that are left out only.
    if (!ofBridge.some((userId) => userId !== bot)) return [];
    return people.length > 1
      ? [{ id, verdict: 'cannot', reason: withValues(SHARED, { count: people.length }), ofBridge, people }]
      : [{ id, verdict: 'will', reason: '', ofBridge, people }];
  });
}

/** What runs: each room that is deleted goes with one ghost that is in it. */
export function targetsOf(planned: BridgePlanned, runs: readonly AccountRow[]): readonly Target[] {
  const { bot } = planned.input;
  const notes = new Map<string, BridgeNote['rooms'][number][]>();
  for (const { id, verdict, ofBridge, people } of roomsOf(planned, runs)) {
    const ghost = ofBridge.find((userId) => userId !== bot);
    if (verdict !== 'will' || ghost === undefined) continue;
    const room = { id, human: people[0] ?? null, members: [...ofBridge, ...people] };
    notes.set(ghost, [...(notes.get(ghost) ?? []), room]);
  }
  return runs.flatMap(({ target }) => (target ? [{ ...target, note: { rooms: notes.get(target.id) ?? [] } }] : []));
}
