import type { Server } from '../call';
import { URL_SAFE } from '../random';
import type { Member, Membership, Room } from '../state';

interface Change {
  membership: Membership;
  /** Whose event it is: the user's own, or of who invited or removed them. */
  sender: string;
  reason?: string;
}

/** A change of membership, as an event in the room's timeline: the state answers tell it from then on, and so does the timeline. */
export function setMembership(server: Server, room: Room, name: string, { membership, sender, reason }: Change): void {
  const before = room.members.get(name);
  const at = server.now();
  const event_id = `$${server.random.text(43, URL_SAFE)}`;
  const member: Member = {
    membership,
    since: before?.membership === membership ? before.since : at,
    event: { event_id, sender, origin_server_ts: at },
    ...(reason === undefined ? {} : { reason }),
  };
  room.members.set(name, member);
  room.events.push({
    event_id,
    type: 'm.room.member',
    sender,
    origin_server_ts: at,
    content: memberContent(server, name, member),
    state_key: name,
    ...(before && {
      unsigned: {
        replaces_state: memberEvent(room, name, before).event_id,
        prev_content: memberContent(server, name, before),
        prev_sender: memberEvent(room, name, before).sender,
      },
    }),
  });
}

/** Of a member who was in from the start there is no event in the timeline, but a state event. */
export const memberEvent = (room: Room, name: string, member: Member): NonNullable<Member['event']> =>
  member.event ?? {
    event_id: `$member.${name}.${member.membership}.${member.since}.${room.room_id.slice(1, 9)}`,
    sender: name,
    origin_server_ts: member.since,
  };

/** Name and picture go with who is in or to come in, not with who is out. */
export function memberContent(server: Server, name: string, member: Member): Record<string, unknown> {
  const reason = member.reason === undefined ? {} : { reason: member.reason };
  if (member.membership === 'leave' || member.membership === 'ban') return { membership: member.membership, ...reason };
  const user = server.state.users.get(name);
  const displayname = member.displayname ?? user?.displayname ?? null;
  const avatar = member.avatar_url ?? user?.avatar_url ?? null;
  return {
    membership: member.membership,
    ...(displayname === null ? {} : { displayname }),
    ...(avatar === null ? {} : { avatar_url: avatar }),
    ...reason,
  };
}
