export interface KnownDifference {
  /** The titles of the cases, or `*` for any. */
  titles: readonly string[] | '*';
  /** As the contract suite names them: `status`, `header x`, `shape of x`, `value of x`. */
  at: readonly string[];
  reason: string;
  /** Seen on servers older than this only, and not required there: which release changed it is not known. */
  before?: string;
  /** Older ones have no such endpoint. */
  since?: string;
}

/**
 * Where the model knowingly answers otherwise than the real Synapse. An entry of which any part no longer
 * occurs fails the suite: whoever mends the model takes it off this list.
 */
export const knownDifferences: readonly KnownDifference[] = [
  {
    titles: ['rooms · fetch_event'],
    at: [
      'shape of event.auth_events',
      'shape of event.auth_events[]',
      'shape of event.depth',
      'shape of event.hashes',
      'shape of event.prev_events',
      'shape of event.prev_events[]',
      'shape of event.signatures',
    ],
    reason: 'What servers tell each other of an event: it is shown as it comes, and nothing here reads it.',
  },
  {
    titles: ['kicks · by which event they are out', 'moderation · … is out'],
    at: ['shape of unsigned.prev_content', 'shape of unsigned.prev_sender'],
    reason: 'What a member was before: the model keeps no earlier state, and nothing here reads it.',
  },
  {
    titles: ['room writes · … has power'],
    at: [
      'shape of state[].prev_content',
      'shape of state[].unsigned.prev_content',
      'shape of state[].unsigned.prev_sender',
    ],
    reason: 'The power levels before: the model keeps no earlier state, and nothing here reads it.',
  },
  {
    titles: '*',
    at: [
      'shape of state[].age',
      'shape of state[].user_id',
      'shape of state[].replaces_state',
      'shape of chunk[].age',
      'shape of chunk[].user_id',
      'shape of event.age',
      'shape of event.user_id',
    ],
    reason: 'Legacy keys of client events (the first format of the Client-Server API) that nothing here reads.',
  },
  {
    titles: [
      'rooms · state: power levels',
      'room writes · … has power',
      'rooms · context of an event, none around it',
      'moderation · … is redacted',
    ],
    at: [
      'shape of state[].content.ban',
      'shape of state[].content.events_default',
      'shape of state[].content.historical',
      'shape of state[].content.redact',
    ],
    reason:
      'The model keeps the power levels that joining, inviting and kicking depend on, not those for other actions.',
  },
  {
    titles: ['moderation · power levels as a member reads them'],
    at: ['shape of ban', 'shape of events_default', 'shape of historical', 'shape of redact'],
    reason: 'The same power levels, as the content of their event.',
  },
  {
    titles: ['moderation · … is redacted'],
    at: [
      'shape of event.redacted_because',
      'shape of event.unsigned.redacted_because.age',
      'shape of event.unsigned.redacted_because.user_id',
    ],
    reason: 'Legacy keys of client events (the first format of the Client-Server API) that nothing here reads.',
  },
  {
    titles: ['rooms · hierarchy'],
    at: ['shape of rooms[].children_state[].event_id', 'shape of rooms[].children_state[].room_id'],
    since: '1.142',
    reason:
      'The model lists children as whole client events, Synapse as stripped ones; only state_key and content are read.',
  },
  {
    titles: ['rooms · messages'],
    at: ['shape of chunk[].content.url', 'shape of chunk[].content.displayname', 'shape of chunk[].content.membership'],
    reason: 'In the timeline of the model are the membership events since it began, not those of who was in before.',
  },
  {
    titles: ['room writes · … has power'],
    at: ['shape of state[].unsigned.replaces_state'],
    reason: 'Of state events other than memberships the model keeps the last only, and not what it took the place of.',
  },
  {
    titles: ['around · a profile of nobody'],
    at: ['status'],
    since: '1.135',
    reason: 'The model follows the book (M_NOT_FOUND); Synapse 1.163 looks the row up first (M_UNKNOWN). Both are 404.',
  },
  {
    titles: ['around · publicRooms'],
    at: ['status'],
    reason: 'The model has no public directory that could be read: the product asks for rooms as an admin.',
  },
  {
    titles: ['around · register: a nonce'],
    at: ['status'],
    reason: 'The model answers as a server without registration_shared_secret: the secret has no place in a browser.',
  },
  {
    titles: '*',
    at: ['shape of users[].approved'],
    before: '1.163',
    reason: 'Synapse 1.160 lists `approved` whether approval is on or not; 1.163 no longer does, nor does the model.',
  },
  {
    titles: ['rooms · hierarchy'],
    at: ['shape of rooms[].allowed_room_ids', 'shape of rooms[].allowed_room_ids[]'],
    before: '1.163',
    reason: 'Synapse 1.160 leaves allowed_room_ids out of the hierarchy; 1.163 has it, and so has the model.',
  },
  {
    titles: ['rooms · a negative limit', 'rooms · a negative from'],
    at: ['status'],
    before: '1.106',
    reason: 'Synapse took negative pages until 1.106; nobody asks for them.',
  },
  {
    titles: [
      'rooms · state of one type',
      'rooms · state: join rules of the restricted',
      'rooms · state: children of the space',
      'rooms · state: power levels',
      'room writes · … has power',
    ],
    at: [
      'shape of state[].content.ban',
      'shape of state[].content.events_default',
      'shape of state[].content.historical',
      'shape of state[].content.redact',
      'value of state[].type',
      'value of state[].content.name',
      'value of state[].content.join_rule',
      'value of state[].content.invite',
      'value of state[].sender',
      'value of state[].state_key',
    ],
    before: '1.123',
    reason: 'Older ones send the whole state whatever type is asked for, in an order of their own.',
  },
];
