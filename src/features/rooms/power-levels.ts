import { msg } from '@lingui/core/macro';
import type { StateEvent } from '~/api/rooms';
import type { Text } from '~/lib/text';

/** The power levels of a room as a table: who has how much, and what takes how much (spec, `m.room.power_levels`). */

export interface PowerTable {
  /** Those who stand above every level: creators of a room of version 12 or later. */
  readonly creators: readonly string[];
  /** The highest first. */
  readonly users: readonly { readonly userId: string; readonly level: number }[];
  /** What everyone else has. */
  readonly everyone: number;
  readonly needs: readonly { readonly what: Text; readonly level: number }[];
  /** Events of a type with a level of its own. */
  readonly events: readonly { readonly type: string; readonly level: number }[];
}

const numberOr = (value: unknown, otherwise: number): number => {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : otherwise;
};

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** What is not a number says nothing. */
const levelsIn = (value: unknown): [string, number][] =>
  Object.entries(recordOf(value)).flatMap(([name, level]) => {
    const number = numberOr(level, Number.NaN);
    return Number.isNaN(number) ? [] : [[name, number]];
  });

const highestFirst = (one: { level: number; name: string }, other: { level: number; name: string }): number =>
  other.level - one.level || (one.name < other.name ? -1 : 1);

/** @param levels the event of that type; undefined: the room has none, and its creator has all the power */
export function powerTable(levels: StateEvent | undefined, create: StateEvent | undefined): PowerTable {
  const content = levels?.content ?? {};
  const named = create?.content['room_version'];
  const version = typeof named === 'string' ? Number.parseInt(named, 10) : 1;
  const more = create?.content['additional_creators'];
  const creators = create
    ? [create.sender, ...(Array.isArray(more) ? more.filter((one) => typeof one === 'string') : [])]
    : [];
  const sole = levels ? levelsIn(content['users']) : creators.slice(0, 1).map((name): [string, number] => [name, 100]);
  const users = sole.map(([name, level]) => ({ name, level })).toSorted(highestFirst);
  const events = levelsIn(content['events'])
    .map(([name, level]) => ({ name, level }))
    .toSorted(highestFirst);
  const stateDefault = numberOr(content['state_default'], levels ? 50 : 0);
  return {
    creators: version >= 12 ? creators : [],
    users: users.map(({ name, level }) => ({ userId: name, level })),
    everyone: numberOr(content['users_default'], 0),
    needs: [
      { what: msg`Send messages`, level: numberOr(content['events_default'], 0) },
      { what: msg`Invite users`, level: numberOr(content['invite'], 0) },
      { what: msg`Notify everyone with @room`, level: numberOr(recordOf(content['notifications'])['room'], 50) },
      { what: msg`Redact messages of others`, level: numberOr(content['redact'], 50) },
      { what: msg`Remove users`, level: numberOr(content['kick'], 50) },
      { what: msg`Ban users`, level: numberOr(content['ban'], 50) },
      { what: msg`Change settings of the room`, level: stateDefault },
    ],
    events: events.map(({ name, level }) => ({ type: name, level })),
  };
}
