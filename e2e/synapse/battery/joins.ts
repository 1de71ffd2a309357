import type { RoomKey } from '../alike.ts';
import { path } from '../client.ts';
import { chapter, get, kept, post } from './case.ts';
import type { Case, Options, Scene } from './case.ts';

const join =
  (key: RoomKey) =>
  ({ world }: Scene): string =>
    path`/_synapse/admin/v1/join/${world.rooms[key].roomId}`;
const to = (where: string): string => path`/_synapse/admin/v1/join/${where}`;
const who = (localpart: string): object => ({ user_id: `@${localpart}:glia.test` });
// The sentence decides here: "already in the room" has no errcode of its own (§7.2).
const WORDS: Options = { same: ['error'] };

/** The member events of one user from there on: whose doing a join is. */
const eventsOf =
  (localpart: string) =>
  (scene: Scene): string => {
    const filter = JSON.stringify({ types: ['m.room.member'], senders: [`@${localpart}:glia.test`] });
    const from = kept(scene, 'end of the lobby');
    return `${path`/_synapse/admin/v1/rooms/${scene.world.rooms.lobby.roomId}/messages`}?${new URLSearchParams({ dir: 'f', from, limit: '20', filter })}`;
  };
const EVENT: Options = {
  same: ['chunk[].type', 'chunk[].sender', 'chunk[].state_key', 'chunk[].content.membership'],
};

/** The table of §2.8, row by row. */
export const joinCases: readonly Case[] = [
  get(
    'the end of a timeline',
    '200',
    ({ world }) => `${path`/_synapse/admin/v1/rooms/${world.rooms.lobby.roomId}/messages`}?dir=b&limit=0`,
    { keep: { 'end of the lobby': 'start' } },
  ),
  get('no event from there on', '200', eventsOf('crowd-12'), EVENT),
  post('no body', '400 M_NOT_JSON', join('lobby'), ''),
  post('a form, as the seed script sends', '400 M_NOT_JSON', join('lobby'), 'user_id=%40crowd-11%3Aglia.test'),
  post('no user_id', '400 M_MISSING_PARAM', join('lobby'), {}),
  post('a user_id that is no id', '400 M_INVALID_PARAM', join('lobby'), { user_id: 'crowd-11' }),
  post('a user_id without a server', '400 M_INVALID_PARAM', join('lobby'), { user_id: '@crowd-11' }),
  post('a remote user', '400 M_UNKNOWN', join('lobby'), { user_id: '@a:far.example' }, WORDS),
  post('an unknown user', '404 M_NOT_FOUND', join('lobby'), who('nobody'), WORDS),
  post('a room that is neither id nor alias', '400 M_UNKNOWN', to('nonsense'), who('crowd-11')),
  post(
    'an empty room: what an unencoded # leaves',
    '400 M_UNKNOWN',
    '/_synapse/admin/v1/join/',
    who('crowd-11'),
    WORDS,
  ),
  post('an unknown alias', '404 M_NOT_FOUND', to('#no:glia.test'), who('crowd-11'), WORDS),
  post('a room that this server is not in', '404 M_UNKNOWN', to('!far:far.example'), who('crowd-11')),
  post('a local room that is not', '404 M_UNKNOWN', to('!unknown:glia.test'), who('crowd-11')),
  post('public, by alias', '200', to('#lobby:glia.test'), who('crowd-11')),
  post('public, by id', '200', join('lobby'), who('crowd-12')),
  get('the event of that join', '200', eventsOf('crowd-12'), EVENT),
  post('public, already in', '200', join('lobby'), who('crowd-12')),
  get('no event more for who was in', '200', eventsOf('crowd-12'), EVENT),
  post('public, admin not in', '200', join('keeperPublic'), who('crowd-12')),
  post('private, admin in', '200', join('private'), who('crowd-12')),
  post('private, already in', '403 M_FORBIDDEN', join('private'), who('crowd-12'), WORDS),
  post('private, admin not in', '403 M_FORBIDDEN', join('keeper'), who('crowd-12')),
  post('private, admin without invite power', '403 M_FORBIDDEN', join('noInvitePower'), who('crowd-12'), WORDS),
  post('restricted, admin in', '200', join('restricted'), who('crowd-12')),
  post('restricted, already in', '403 M_FORBIDDEN', join('restricted'), who('crowd-12'), WORDS),
  post('knock, admin in', '200', join('knock'), who('crowd-12')),
  post('version 12', '200', join('v12'), who('crowd-12')),
  post('version 12, already in', '403 M_FORBIDDEN', join('v12'), who('crowd-12'), WORDS),
  post('version 12, admin not in', '403 M_FORBIDDEN', join('v12Keeper'), who('crowd-12')),
  post('the space', '200', join('space'), who('crowd-12')),
  post('banned, public', '403 M_BAD_STATE', join('moderated'), who('banned'), WORDS),
  post('blocked room', '403 M_UNKNOWN', join('blocked'), who('crowd-12'), WORDS),
  post('suspended, public', '403 M_USER_SUSPENDED', join('lobby'), who('suspended'), { older: [['1.122', '200']] }),
  post('suspended, private', '403 M_USER_SUSPENDED', join('private'), who('suspended'), { older: [['1.122', '200']] }),
  get('… whose invite was sent', '200', path`/_synapse/admin/v1/users/${'@suspended:glia.test'}/memberships`),
  post('deactivated, public', '200', join('lobby'), who('gone')),
  post('deactivated, private', '200', join('private'), who('gone')),
  post('locked, public', '200', join('lobby'), who('locked')),
  post('shadow-banned target, private', '200', join('private'), who('shadow')),
  post('a user with a slash', '200', join('private'), who('team/oncall')),
  post('not by someone who is no admin', '403 M_FORBIDDEN', join('lobby'), who('crowd-13'), { as: 'user' }),
  get('who is in now', '200', ({ world }) => path`/_synapse/admin/v1/rooms/${world.rooms.private.roomId}/members`, {
    same: ['total'],
  }),
].map(chapter('joins'));
