import type { StateEvent } from '~/api/rooms';

/** Who may invite in a room, from its state (spec, “Authorization rules”; `synapse/event_auth.py:706-711`). */

interface Levels {
  users?: Record<string, unknown>;
  users_default?: unknown;
  invite?: unknown;
}

const level = (value: unknown, fallback: number): number => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback;
};

/** @param version the room's version; from 12 on its creators stand above every level */
export function mayInvite(userId: string, state: readonly StateEvent[], version: string | null | undefined): boolean {
  const create = state.find(({ type }) => type === 'm.room.create');
  const creators = [create?.sender, ...additionalCreators(create)];
  const isCreator = creators.includes(userId);
  if (isCreator && Number.parseInt(version ?? '', 10) >= 12) return true;
  const levels = state.find(({ type }) => type === 'm.room.power_levels')?.content as Levels | undefined;
  // Without the event the creator has 100 and everybody else 0, and inviting needs 0.
  if (!levels) return true;
  const own = level(levels.users?.[userId], level(levels.users_default, 0));
  return own >= level(levels.invite, 0);
}

function additionalCreators(create: StateEvent | undefined): readonly unknown[] {
  const more = create?.content['additional_creators'];
  return Array.isArray(more) ? more : [];
}
