import { msg } from '@lingui/core/macro';
import { choice, DIRECTION, flag, needed, number, PAGE, text, type Chapter } from './entry';

const V1 = '/_synapse/admin/v1';
const V2 = '/_synapse/admin/v2';

const DELETES = msg`Removes every local member from the room. With purge, the homeserver also forgets its history. It can’t be undone.`;
const DELETE_BODY = { block: false, purge: true, force_purge: false };
const PURGES = msg`Deletes old messages from the database. It can’t be undone. Before Synapse 1.156, messages of local users go too.`;

export const ROOMS: Chapter = {
  label: msg`Rooms`,
  entries: [
    {
      method: 'GET',
      template: `${V1}/rooms`,
      about: msg`Lists the rooms that this homeserver knows.`,
      query: [
        ...PAGE,
        text('search_term'),
        flag('public_rooms'),
        flag('empty_rooms'),
        choice(
          'order_by',
          'name,canonical_alias,joined_members,joined_local_members,version,creator,encryption,federatable,public,join_rules,guest_access,history_visibility,state_events',
        ),
        DIRECTION,
      ],
    },
    { method: 'GET', template: `${V1}/rooms/{room_id}`, about: msg`Shows the details of one room.` },
    {
      method: 'DELETE',
      template: `${V1}/rooms/{room_id}`,
      about: msg`Deletes a room and answers when it is done. The v2 form works in the background.`,
      body: DELETE_BODY,
      destroys: DELETES,
      advice: msg`A proxy may cut this long request off. Use the v2 form, which works in the background.`,
    },
    {
      method: 'DELETE',
      template: `${V2}/rooms/{room_id}`,
      about: msg`Deletes a room in the background. The answer holds the ID to ask for its progress.`,
      body: DELETE_BODY,
      since: '1.48',
      destroys: DELETES,
    },
    {
      method: 'GET',
      template: `${V2}/rooms/{room_id}/delete_status`,
      about: msg`Shows the deletions of a room in the last seven days.`,
      since: '1.48',
    },
    {
      method: 'GET',
      template: `${V2}/rooms/delete_status/{delete_id}`,
      about: msg`Shows how far one deletion of a room is.`,
      since: '1.48',
    },
    { method: 'GET', template: `${V1}/rooms/{room_id}/members`, about: msg`Lists the users who are in a room.` },
    {
      method: 'GET',
      template: `${V1}/rooms/{room_id}/state`,
      about: msg`Lists the state events of a room.`,
      query: [text('type')],
    },
    {
      method: 'GET',
      template: `${V1}/rooms/{room_id}/block`,
      about: msg`Shows whether a room is blocked, and by whom.`,
      since: '1.48',
    },
    {
      method: 'PUT',
      template: `${V1}/rooms/{room_id}/block`,
      about: msg`Blocks a room, so that no local user can join it, or unblocks it.`,
      body: { block: true },
      since: '1.48',
    },
    {
      method: 'POST',
      template: `${V1}/join/{room_id_or_alias}`,
      about: msg`Joins a local user to a room. If the room is not public, you must be in it and able to invite.`,
      query: [text('server_name')],
      body: { user_id: '' },
    },
    {
      method: 'POST',
      template: `${V1}/rooms/{room_id_or_alias}/make_room_admin`,
      about: msg`Gives a user the highest power that a local member of the room has.`,
      body: { user_id: '' },
    },
    {
      method: 'GET',
      template: `${V1}/rooms/{room_id_or_alias}/forward_extremities`,
      about: msg`Lists the forward extremities of a room: the ends of its event graph.`,
    },
    {
      method: 'DELETE',
      template: `${V1}/rooms/{room_id_or_alias}/forward_extremities`,
      about: msg`Deletes all but one forward extremity of a room.`,
      destroys: msg`Can break the room on this homeserver. Read the list first: with none, Synapse answers 500.`,
    },
    {
      method: 'GET',
      template: `${V1}/rooms/{room_id}/messages`,
      about: msg`Reads the events of a room, without being in it.`,
      query: [text('from'), text('to'), number('limit'), DIRECTION, text('filter')],
      since: '1.68',
    },
    {
      method: 'GET',
      template: `${V1}/rooms/{room_id}/context/{event_id}`,
      about: msg`Shows an event with those before and after it.`,
      query: [number('limit'), text('filter')],
    },
    {
      method: 'GET',
      template: `${V1}/rooms/{room_id}/timestamp_to_event`,
      about: msg`Finds the event closest to a time in milliseconds.`,
      query: [needed(number('ts')), DIRECTION],
      since: '1.68',
    },
    {
      method: 'GET',
      template: `${V1}/fetch_event/{event_id}`,
      about: msg`Shows one event as the homeserver keeps it, whichever room it is in.`,
      since: '1.140',
    },
    {
      method: 'GET',
      template: `${V1}/rooms/{room_id}/hierarchy`,
      about: msg`Lists the rooms of a space.`,
      query: [text('from'), number('limit'), number('max_depth')],
      since: '1.142',
    },
    {
      method: 'POST',
      template: `${V1}/purge_history/{room_id}`,
      about: msg`Deletes old messages of a room, up to a time or an event.`,
      body: { delete_local_events: false, purge_up_to_ts: 0 },
      destroys: PURGES,
    },
    {
      method: 'POST',
      template: `${V1}/purge_history/{room_id}/{event_id}`,
      about: msg`Deletes old messages of a room, up to this event.`,
      body: { delete_local_events: false },
      destroys: PURGES,
    },
    {
      method: 'GET',
      template: `${V1}/purge_history_status/{purge_id}`,
      about: msg`Shows how far the deletion of old messages is.`,
    },
  ],
};
