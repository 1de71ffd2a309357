import type { MockHomeserver } from '../homeserver';
import { URL_SAFE } from '../random';
import type { Member, Membership, Room } from '../state';
import { REMOTE_SERVERS } from './names';
import { DAY_MS } from './plan';

export interface Cast {
  /** Who may be in a room: people and ghosts, not guests, not deactivated. */
  people: string[];
  admin: string;
}

export const extremities = (hs: MockHomeserver, count: number): Room['forward_extremities'] =>
  Array.from({ length: count }, (_, index) => ({
    event_id: `$${hs.random.text(43, URL_SAFE)}`,
    state_group: 1000 + index,
    depth: hs.random.between(20, 9000),
    received_ts: hs.startedAt - hs.random.between(1, 90) * DAY_MS,
  }));

/** Local people, some remote ones, and now and then somebody who left, is invited or banned. */
export function crowd(hs: MockHomeserver, cast: Cast, count: number, since: number): Record<string, Member> {
  const members: Record<string, Member> = {};
  const join = (name: string | undefined, membership: Membership = 'join'): void => {
    if (name !== undefined)
      members[name] = { membership, since: Math.floor(since + hs.random.next() * (hs.startedAt - since)) };
  };
  const { people } = cast;
  if (count >= people.length) for (const name of people) join(name);
  else for (let i = 0; i < count; i += 1) join(people[hs.random.between(0, people.length - 1)]);
  const remotes = hs.random.chance(0.5) ? hs.random.between(0, Math.ceil(count / 6)) : 0;
  for (let i = 0; i < remotes; i += 1) join(`@${hs.random.text(7).toLowerCase()}:${hs.random.pick(REMOTE_SERVERS)}`);
  if (hs.random.chance(0.3)) join(people[hs.random.between(0, people.length - 1)], 'leave');
  if (hs.random.chance(0.1)) join(people[hs.random.between(0, people.length - 1)], 'invite');
  if (hs.random.chance(0.1)) join(people[hs.random.between(0, people.length - 1)], 'ban');
  return members;
}
