import { chapter, get, post, postNothing } from './case.ts';
import type { Case } from './case.ts';

/** What is about the homeserver as a whole. The one that is compared talks to no other server. */

const A = '/_synapse/admin/v1';
const DESTINATIONS = `${A}/federation/destinations`;

const federation: Case[] = [
  ...['destination', 'retry_last_ts', 'retry_interval', 'failure_ts', 'last_successful_stream_ordering'].map((order) =>
    get(`destinations by ${order}`, '200', `${DESTINATIONS}?order_by=${order}&dir=b`, { same: ['total'] }),
  ),
  get('destinations by nonsense', '400 M_INVALID_PARAM', `${DESTINATIONS}?order_by=nonsense`),
  get('destinations: dir nonsense', '400 M_INVALID_PARAM', `${DESTINATIONS}?dir=nonsense`),
  get('destinations: negative limit', '400 M_INVALID_PARAM', `${DESTINATIONS}?limit=-1`),
  get('destinations: a search', '200', `${DESTINATIONS}?destination=nowhere`, { same: ['total'] }),
  get('destinations: a search beyond ASCII', '400 M_UNKNOWN', `${DESTINATIONS}?destination=%C3%A9`),
  get('rooms of an unknown destination', '404 M_NOT_FOUND', `${DESTINATIONS}/far.example/rooms`),
  postNothing('retry an unknown destination', '404 M_NOT_FOUND', `${DESTINATIONS}/far.example/reset_connection`),
  post('retry one with a body', '404 M_NOT_FOUND', `${DESTINATIONS}/far.example/reset_connection`, {}),
];

export const serverCases: readonly Case[] = [...federation].map(chapter('server'));
