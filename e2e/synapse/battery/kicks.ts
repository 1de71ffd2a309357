import type { RoomKey } from '../alike.ts';
import { path } from '../client.ts';
import { chapter, get, post } from './case.ts';
import type { Case, Options, Scene } from './case.ts';

const kick =
  (key: RoomKey) =>
  ({ world }: Scene): string =>
    path`/_matrix/client/v3/rooms/${world.rooms[key].roomId}/kick`;
const to = (roomId: string): string => path`/_matrix/client/v3/rooms/${roomId}/kick`;
const who = (localpart: string): object => ({ user_id: `@${localpart}:glia.test`, reason: 'By mistake' });
const member =
  (key: RoomKey, localpart: string) =>
  ({ world }: Scene): string =>
    `${path`/_matrix/client/v3/rooms/${world.rooms[key].roomId}/state/m.room.member/${`@${localpart}:glia.test`}`}?format=event`;
const EVENT: Options = { same: ['type', 'sender', 'state_key', 'content.membership'] };
// No refusal has an errcode of its own: the sentence decides.
const WORDS: Options = { same: ['error'] };

/** Undoing a join, after the joins: who was joined by them is in. */
export const kickCases: readonly Case[] = [
  post('no body', '400 M_MISSING_PARAM', kick('lobby'), ''),
  post('no user_id', '400 M_MISSING_PARAM', kick('lobby'), {}),
  post('a user_id that is no id', '400 M_INVALID_PARAM', kick('lobby'), { user_id: 'crowd-11' }),
  post('a room that this server is not in', '404 M_UNKNOWN', to('!far:far.example'), who('crowd-11'), WORDS),
  get('by which event somebody is in', '200', member('lobby', 'crowd-11'), EVENT),
  post('public', '200', kick('lobby'), who('crowd-11')),
  get('by which event they are out', '200', member('lobby', 'crowd-11'), EVENT),
  get('no event of who was never in', '404 M_NOT_FOUND', member('lobby', 'nobody'), WORDS),
  get('no event for who is not in the room', '403 M_FORBIDDEN', member('keeperPublic', 'crowd-12')),
  get(
    'only what it says',
    '200',
    ({ world }) =>
      path`/_matrix/client/v3/rooms/${world.rooms.lobby.roomId}/state/m.room.member/${'@crowd-11:glia.test'}`,
    {
      same: ['membership', 'reason'],
    },
  ),
  post('public, not in any more', '403 M_FORBIDDEN', kick('lobby'), who('crowd-11'), WORDS),
  post('never in', '403 M_FORBIDDEN', kick('lobby'), who('nobody'), WORDS),
  post('private', '200', kick('private'), who('crowd-12')),
  post('version 12', '200', kick('v12'), who('crowd-12')),
  post('a deactivated user', '200', kick('private'), who('gone')),
  post('a locked user', '200', kick('lobby'), who('locked')),
  post('a user with a slash', '200', kick('private'), who('team/oncall')),
  post('banned', '403 M_BAD_STATE', kick('moderated'), who('banned'), WORDS),
  post('the admin is not in', '403 M_FORBIDDEN', kick('keeperPublic'), who('crowd-12')),
  post('the admin has too little power', '403 M_FORBIDDEN', kick('noInvitePower'), who('roomkeeper'), WORDS),
  post('not by a member without power', '403 M_FORBIDDEN', kick('lobby'), who('admin'), { as: 'user', ...WORDS }),
  get('who is in still', '200', ({ world }) => path`/_synapse/admin/v1/rooms/${world.rooms.private.roomId}/members`, {
    same: ['total'],
  }),
].map(chapter('kicks'));
