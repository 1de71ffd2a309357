import type { StateEvent } from '~/api/rooms';

/** Who may do what in a room, from its state (spec, “Authorization rules”; `synapse/event_auth.py:640-787`). */

interface Levels {
  users?: Record<string, unknown>;
  users_default?: unknown;
  invite?: unknown;
  kick?: unknown;
  ban?: unknown;
  state_default?: unknown;
  events?: Record<string, unknown>;
}

const level = (value: unknown, fallback: number): number => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback;
};

export interface RoomPower {
  /** Infinity: a creator of a room of version 12 or later stands above every level. */
  of(userId: string): number;
  /** Whose power is more than everybody's. */
  named: readonly string[];
  invite: number;
  kick: number;
  ban: number;
  /** What it takes to change the levels. */
  levels: number;
}

/** @param version the room's version; its create event says it where nobody else does */
export function roomPower(state: readonly StateEvent[], version: string | null | undefined): RoomPower {
  const create = state.find(({ type }) => type === 'm.room.create');
  const creators = [create?.sender, ...additionalCreators(create)].filter((one) => typeof one === 'string');
  const number = Number.parseInt(version ?? text(create?.content['room_version']) ?? '', 10);
  const above = number >= 12 ? creators : [];
  const content = state.find(({ type }) => type === 'm.room.power_levels')?.content as Levels | undefined;
  // Without the event the creator has 100 and everybody else 0; inviting needs 0 and kicking 50.
  const users = content?.users ?? (content ? {} : Object.fromEntries(creators.slice(0, 1).map((name) => [name, 100])));
  return {
    of: (userId) => (above.includes(userId) ? Infinity : level(users[userId], level(content?.users_default, 0))),
    named: [...new Set([...above, ...Object.keys(users)])],
    invite: level(content?.invite, 0),
    kick: level(content?.kick, 50),
    ban: level(content?.ban, 50),
    levels: level(content?.events?.['m.room.power_levels'], level(content?.state_default, content ? 50 : 0)),
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** @param version the room's version; from 12 on its creators stand above every level */
export function mayInvite(userId: string, state: readonly StateEvent[], version: string | null | undefined): boolean {
  const power = roomPower(state, version);
  return power.of(userId) >= power.invite;
}

function additionalCreators(create: StateEvent | undefined): readonly unknown[] {
  const more = create?.content['additional_creators'];
  return Array.isArray(more) ? more : [];
}
