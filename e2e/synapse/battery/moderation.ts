import type { RoomKey } from '../alike.ts';
import { path } from '../client.ts';
import { chapter, get, kept, post, put } from './case.ts';
import type { Case, Options, Scene } from './case.ts';

const room =
  (key: RoomKey, what: string) =>
  ({ world }: Scene): string =>
    path`/_matrix/client/v3/rooms/${world.rooms[key].roomId}/${what}`;
const who = (localpart: string): object => ({ user_id: `@${localpart}:glia.test`, reason: 'Spam' });
const member =
  (key: RoomKey, localpart: string) =>
  ({ world }: Scene): string =>
    `${path`/_matrix/client/v3/rooms/${world.rooms[key].roomId}/state/m.room.member/${`@${localpart}:glia.test`}`}?format=event`;
const redact =
  (key: RoomKey, txn: string, event?: string) =>
  (scene: Scene): string =>
    path`/_matrix/client/v3/rooms/${scene.world.rooms[key].roomId}/redact/${event ?? kept(scene, 'lastMessage')}/${txn}`;
const EVENT: Options = { same: ['type', 'sender', 'state_key', 'content.membership', 'content.reason'] };
// No refusal has an errcode of its own: the sentence decides.
const WORDS: Options = { same: ['error'] };

/** With the power of a member: banning, lifting a ban, redacting, leaving. After the kicks. */
export const moderationCases: readonly Case[] = [
  post('ban: no user_id', '400 M_MISSING_PARAM', room('lobby', 'ban'), {}),
  post('ban', '200', room('private', 'ban'), who('crowd-13')),
  get('… is banned', '200', member('private', 'crowd-13'), EVENT),
  post('ban: once more', '200', room('private', 'ban'), who('crowd-13')),
  post('ban: the admin is not in', '403 M_FORBIDDEN', room('keeperPublic', 'ban'), who('crowd-13')),
  post('ban: the admin has too little power', '403 M_FORBIDDEN', room('noInvitePower', 'ban'), who('crowd-13'), WORDS),
  post('unban: no user_id', '400 M_MISSING_PARAM', room('private', 'unban'), {}),
  post('unban: without power', '403 M_FORBIDDEN', room('private', 'unban'), who('crowd-13'), { as: 'user' }),
  post('unban', '200', room('private', 'unban'), who('crowd-13')),
  get('… is out', '200', member('private', 'crowd-13'), { same: ['content.membership', 'sender'] }),
  post('unban: not banned', '403 M_BAD_STATE', room('private', 'unban'), who('crowd-13'), WORDS),
  get(
    'power levels as a member reads them',
    '200',
    ({ world }) => path`/_matrix/client/v3/rooms/${world.rooms.private.roomId}/state/m.room.power_levels/${''}`,
    { same: ['users_default'] },
  ),
  put('redact: the admin is not in', '403 M_FORBIDDEN', redact('keeperPublic', 'not-in', '$nothing'), {}),
  put('redact: too little power', '404 M_NOT_FOUND', redact('noInvitePower', 'no-power', '$nothing'), {}),
  put('redact', '200', redact('lobby', 'once'), { reason: 'Spam' }, { keep: { redaction: 'event_id' } }),
  get(
    '… is redacted',
    '200',
    (scene) =>
      `${path`/_synapse/admin/v1/rooms/${scene.world.rooms.lobby.roomId}/context/${kept(scene, 'lastMessage')}`}?limit=0&filter=${encodeURIComponent('{"lazy_load_members":true}')}`,
    { same: ['event.content', 'event.unsigned.redacted_because.type'] },
  ),
  put('redact: the same transaction', '200', redact('lobby', 'once'), { reason: 'Spam' }),
  put('redact: once more', '200', redact('lobby', 'again'), {}),
  post('leave: an unknown room', '404 M_UNKNOWN', path`/_matrix/client/v3/rooms/${'!no:glia.test'}/leave`, {}),
].map(chapter('moderation'));
