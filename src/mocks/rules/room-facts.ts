import { isCreatorRanked } from '../build';
import type { Server } from '../call';
import type { Room } from '../state';
import { memberContent, memberEvent } from './membership';

/** Users whose membership is `join`. */
export function joined(room: Room): string[] {
  const names: string[] = [];
  for (const [name, { membership }] of room.members) if (membership === 'join') names.push(name);
  return names;
}

export function joinedCounts(server: Server, room: Room): { all: number; local: number } {
  let [all, local] = [0, 0];
  for (const [name, { membership }] of room.members) {
    if (membership !== 'join') continue;
    all += 1;
    if (server.isMine(name)) local += 1;
  }
  return { all, local };
}

/** Power of creators in v12 rooms: above everybody, and not in the power levels event. */
const CREATOR_POWER = Number.MAX_SAFE_INTEGER;

export const isCreator = (room: Room, name: string): boolean =>
  isCreatorRanked(room.version) && (room.creator === name || room.additional_creators.includes(name));

export function powerOf(room: Room, name: string): number {
  if (isCreator(room, name)) return CREATOR_POWER;
  // Without a power levels event the creator has 100.
  if (room.power_levels === null) return room.creator === name ? 100 : 0;
  return room.power_levels.users[name] ?? room.power_levels.users_default;
}

/** Without a power levels event anybody may invite. */
export const invitePower = (room: Room): number => room.power_levels?.invite ?? 0;

/** 50 where nothing says (`event_auth.py:780`). */
export const kickPower = (room: Room): number => room.power_levels?.kick ?? 50;

/** The same of banning, and of redacting what others sent. */
export const banPower = (room: Room): number => room.power_levels?.ban ?? 50;
export const redactPower = (room: Room): number => room.power_levels?.redact ?? 50;

export interface StateEvent {
  type: string;
  state_key: string;
  sender: string;
  origin_server_ts: number;
  event_id: string;
  room_id: string;
  content: Record<string, unknown>;
  unsigned: { age: number; replaces_state?: string };
}

/** The room's current state as client events, in no particular order. */
export function stateEvents(server: Server, room: Room, type?: string): StateEvent[] {
  const events: StateEvent[] = [];
  const add = (
    kind: string,
    content: Record<string, unknown>,
    key = '',
    sender = room.creator,
    at = room.created_ts,
  ) => {
    if (type !== undefined && type !== kind) return;
    const event_id = `$${kind}.${key}.${room.room_id.slice(1, 9)}`;
    const unsigned = { age: server.now() - at };
    events.push({
      type: kind,
      state_key: key,
      sender,
      origin_server_ts: at,
      event_id,
      room_id: room.room_id,
      content,
      unsigned,
    });
  };
  add('m.room.create', {
    room_version: room.version,
    ...(isCreatorRanked(room.version) ? { additional_creators: room.additional_creators } : {}),
    // From version 11 on the event's sender is the creator, and the key is gone.
    ...(Number.parseInt(room.version, 10) < 11 ? { creator: room.creator } : {}),
    ...(room.room_type === null ? {} : { type: room.room_type }),
    ...(room.federatable ? {} : { 'm.federate': false }),
  });
  if (room.power_levels) add('m.room.power_levels', { ...room.power_levels, users: { ...room.power_levels.users } });
  if (room.join_rules !== null) {
    const allow = room.allow.map((room_id) => ({ type: 'm.room_membership', room_id }));
    add('m.room.join_rules', { join_rule: room.join_rules, ...(allow.length > 0 ? { allow } : {}) });
  }
  if (room.history_visibility !== null) {
    add('m.room.history_visibility', { history_visibility: room.history_visibility });
  }
  if (room.guest_access !== null) add('m.room.guest_access', { guest_access: room.guest_access });
  if (room.name !== null) add('m.room.name', { name: room.name });
  if (room.topic !== null) add('m.room.topic', { topic: room.topic });
  if (room.avatar !== null) add('m.room.avatar', { url: room.avatar });
  if (room.canonical_alias !== null) add('m.room.canonical_alias', { alias: room.canonical_alias });
  if (room.encryption !== null) add('m.room.encryption', { algorithm: room.encryption });
  if (room.tombstoned)
    add('m.room.tombstone', { body: 'This room has been replaced', replacement_room: room.replacement_room });
  for (const child of room.children) add('m.space.child', { via: [server.serverName] }, child);
  for (const { type: kind, state_key, content } of room.more_state ?? []) add(kind, content, state_key);
  if (type === undefined || type === 'm.room.member') {
    for (const [name, member] of room.members) {
      const { event_id, sender, origin_server_ts } = memberEvent(room, name, member);
      const replaced = member.event && room.events.find((one) => one.event_id === event_id)?.unsigned?.replaces_state;
      events.push({
        type: 'm.room.member',
        state_key: name,
        sender,
        origin_server_ts,
        event_id,
        room_id: room.room_id,
        content: memberContent(server, name, member),
        unsigned: {
          age: server.now() - origin_server_ts,
          ...(replaced === undefined ? {} : { replaces_state: replaced }),
        },
      });
    }
  }
  return events;
}

/** What `room_stats_current` counts, without building the events. */
export function stateEventCount(room: Room): number {
  const optional = [
    room.power_levels,
    room.join_rules,
    room.history_visibility,
    room.guest_access,
    room.name,
    room.topic,
    room.avatar,
    room.canonical_alias,
    room.encryption,
    room.tombstoned ? true : null,
  ].filter((value) => value !== null).length;
  const more = room.more_state?.length ?? 0;
  return 1 + optional + room.children.length + room.members.size + more + room.other_state_events;
}
