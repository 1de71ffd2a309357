import { msg } from '@lingui/core/macro';
import { choice, DIRECTION, needed, number, text, type Chapter } from './entry';

const V3 = '/_matrix/client/v3';

/** What an admin needs of the client-server API: each request acts as the admin’s own account. */
export const CLIENT_SERVER: Chapter = {
  label: msg`Client-server API`,
  entries: [
    {
      method: 'GET',
      template: '/_matrix/client/versions',
      about: msg`Lists the versions of the specification and the unstable features that the homeserver has.`,
    },
    { method: 'GET', template: `${V3}/login`, about: msg`Lists the ways to sign in.` },
    {
      method: 'GET',
      template: '/_matrix/client/v1/auth_metadata',
      about: msg`Shows where to sign in behind MAS.`,
      since: '1.138',
    },
    { method: 'GET', template: `${V3}/account/whoami`, about: msg`Shows whose access token this is.` },
    { method: 'GET', template: `${V3}/capabilities`, about: msg`Lists what your account may do, and room versions.` },
    { method: 'GET', template: `${V3}/password_policy`, about: msg`Shows the rules for new passwords.` },
    { method: 'GET', template: `${V3}/joined_rooms`, about: msg`Lists the rooms that you are in.` },
    { method: 'GET', template: `${V3}/profile/{user_id}`, about: msg`Shows a user’s display name and avatar.` },
    {
      method: 'PUT',
      template: `${V3}/profile/{user_id}/displayname`,
      about: msg`Changes a display name. A server admin can change that of any local user.`,
      body: { displayname: '' },
    },
    {
      method: 'PUT',
      template: `${V3}/profile/{user_id}/avatar_url`,
      about: msg`Changes an avatar. A server admin can change that of any local user.`,
      body: { avatar_url: '' },
    },
    {
      method: 'POST',
      template: `${V3}/user_directory/search`,
      about: msg`Searches the user directory.`,
      body: { search_term: '', limit: 10 },
      reads: true,
    },
    {
      method: 'POST',
      template: `${V3}/keys/query`,
      about: msg`Shows the public encryption keys of users.`,
      body: { device_keys: { '@user:example.org': [] } },
      reads: true,
    },
    {
      method: 'GET',
      template: `${V3}/directory/room/{alias}`,
      about: msg`Finds the room that an alias leads to.`,
    },
    {
      method: 'PUT',
      template: `${V3}/directory/room/{alias}`,
      about: msg`Creates an alias for a room.`,
      body: { room_id: '' },
    },
    {
      method: 'DELETE',
      template: `${V3}/directory/room/{alias}`,
      about: msg`Deletes an alias. A server admin can delete any local alias.`,
      destroys: msg`Nobody can find the room by this alias any more.`,
    },
    {
      method: 'GET',
      template: `${V3}/directory/list/room/{room_id}`,
      about: msg`Shows whether a room is in the public directory.`,
    },
    {
      method: 'PUT',
      template: `${V3}/directory/list/room/{room_id}`,
      about: msg`Publishes a room in the public directory, or hides it.`,
      body: { visibility: 'private' },
    },
    {
      method: 'GET',
      template: `${V3}/publicRooms`,
      about: msg`Lists the public rooms of this or another server.`,
      query: [number('limit'), text('since'), text('server')],
    },
    {
      method: 'POST',
      template: `${V3}/publicRooms`,
      about: msg`Searches the public rooms of this or another server.`,
      query: [text('server')],
      body: { limit: 10, filter: { generic_search_term: '' } },
      reads: true,
    },
    {
      method: 'GET',
      template: `${V3}/rooms/{room_id}/aliases`,
      about: msg`Lists the local aliases of a room. A server admin need not be in it.`,
    },
    {
      method: 'POST',
      template: `${V3}/join/{room_id_or_alias}`,
      about: msg`Joins you to a room.`,
      query: [text('server_name')],
      body: {},
    },
    {
      method: 'POST',
      template: `${V3}/rooms/{room_id}/leave`,
      about: msg`Makes you leave a room.`,
      body: {},
      destroys: msg`You need an invitation to come back to a room that isn’t public.`,
    },
    {
      method: 'POST',
      template: `${V3}/rooms/{room_id}/invite`,
      about: msg`Invites a user to a room that you are in.`,
      body: { user_id: '' },
    },
    {
      method: 'POST',
      template: `${V3}/rooms/{room_id}/kick`,
      about: msg`Removes a user from a room where you have the power to.`,
      body: { user_id: '', reason: '' },
      destroys: msg`The user needs an invitation to come back to a room that isn’t public.`,
    },
    {
      method: 'POST',
      template: `${V3}/rooms/{room_id}/ban`,
      about: msg`Bans a user from a room where you have the power to.`,
      body: { user_id: '', reason: '' },
      destroys: msg`The user is removed, and can’t come back until unbanned.`,
    },
    {
      method: 'POST',
      template: `${V3}/rooms/{room_id}/unban`,
      about: msg`Lifts a ban. The user does not come back by it.`,
      body: { user_id: '' },
    },
    {
      method: 'GET',
      template: `${V3}/rooms/{room_id}/event/{event_id}`,
      about: msg`Shows an event of a room that you are in.`,
    },
    {
      method: 'GET',
      template: `${V3}/rooms/{room_id}/messages`,
      about: msg`Reads the events of a room that you are in.`,
      query: [text('from'), text('to'), needed(DIRECTION), number('limit'), text('filter')],
    },
    {
      method: 'PUT',
      template: `${V3}/rooms/{room_id}/redact/{event_id}/{txn_id}`,
      about: msg`Redacts one event in a room where you have the power to.`,
      body: { reason: '' },
      destroys: msg`Removes the content of the event for everyone. It can’t be undone.`,
    },
    {
      method: 'GET',
      template: `${V3}/rooms/{room_id}/state/{event_type}/{state_key}`,
      about: msg`Shows the content of one state event of a room that you are in.`,
    },
    {
      method: 'PUT',
      template: `${V3}/rooms/{room_id}/state/{event_type}/{state_key}`,
      about: msg`Sets a state event of a room where you have the power to.`,
      body: {},
      destroys: msg`The content of the state event is replaced as a whole.`,
    },
    {
      method: 'PUT',
      template: `${V3}/rooms/{room_id}/send/{event_type}/{txn_id}`,
      about: msg`Sends an event to a room that you are in.`,
      body: { msgtype: 'm.text', body: '' },
    },
    {
      method: 'GET',
      template: '/_matrix/client/v1/media/config',
      about: msg`Shows how large an uploaded file may be.`,
      since: '1.112',
    },
    {
      method: 'GET',
      template: '/_matrix/client/v1/rooms/{room_id}/hierarchy',
      about: msg`Lists the rooms of a space as you can see them.`,
      query: [text('from'), number('limit'), number('max_depth'), choice('suggested_only', 'true,false')],
    },
  ],
};
