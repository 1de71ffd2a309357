import { addRoom } from '../build';
import type { MockHomeserver } from '../homeserver';
import type { Member, Membership } from '../state';
import type { Cast } from './crowd';
import { crowd, extremities } from './crowd';
import { REMOTE_SERVERS } from './names';
import type { Size } from './plan';
import { YEAR_MS } from './plan';

type Fields = NonNullable<Parameters<typeof addRoom>[1]>;

/** The rooms that a person finds by name: one for each case of the join table (§2.8). */
export function makeNamed(hs: MockHomeserver, cast: Cast, size: Size): void {
  const { admin, people } = cast;
  const since = hs.startedAt - 2 * YEAR_MS;
  const [owner = admin, other = admin] = people.slice(40);
  const base = (): Fields => ({ created_ts: since, forward_extremities: extremities(hs, 1) });
  const member = (membership: Membership = 'join'): Member => ({ membership, since });
  const some = (): Record<string, Member> => crowd(hs, cast, Math.min(20, people.length / 4), since);
  const mine = { creator: admin, power_levels: { users: { [admin]: 100 } } };
  const everyone = crowd(hs, cast, Math.floor(size.users * 0.4), since);
  addRoom(hs, {
    ...base(),
    ...mine,
    name: 'Announcements',
    topic: 'What everybody here should know',
    alias: 'announcements',
    aliases: ['all', 'welcome'],
    join_rules: 'public',
    public: true,
    version: '10',
    members: { ...everyone, [admin]: member() },
  });
  addRoom(hs, {
    ...base(),
    ...mine,
    name: 'Staff',
    alias: 'staff',
    members: { ...some(), [admin]: member() },
    encryption: 'm.megolm.v1.aes-sha2',
  });
  addRoom(hs, {
    ...base(),
    name: 'Works council (admin is not in)',
    alias: 'works-council',
    creator: owner,
    members: { ...some(), [owner]: member() },
  });
  addRoom(hs, {
    ...base(),
    name: 'No invite power here',
    alias: 'no-invite-power',
    creator: owner,
    members: { ...some(), [owner]: member(), [admin]: member() },
  });
  const abroad = `@host:${REMOTE_SERVERS[0]}`;
  addRoom(hs, {
    ...base(),
    room_id: `!abroad${hs.random.text(12)}:${REMOTE_SERVERS[0]}`,
    name: 'Abroad, without a local admin',
    alias: `#abroad:${REMOTE_SERVERS[0]}`,
    creator: abroad,
    members: { [abroad]: member(), [owner]: member(), [other]: member() },
  });
  addRoom(hs, {
    ...base(),
    name: 'Room version 12',
    alias: 'v12',
    version: '12',
    creator: owner,
    additional_creators: [other],
    members: { ...some(), [owner]: member(), [other]: member() },
  });
  const blocked = addRoom(hs, {
    ...base(),
    name: 'Blocked room',
    alias: 'blocked',
    creator: owner,
    members: { ...some(), [owner]: member() },
    join_rules: 'public',
  });
  hs.state.blockedRooms.set(blocked.room_id, admin);
  addRoom(hs, {
    ...base(),
    ...mine,
    name: 'Notice board',
    alias: 'fail-403-board',
    join_rules: 'public',
    members: { ...some(), [admin]: member() },
  });
  addRoom(hs, {
    ...base(),
    name: 'Can be deleted at the second attempt',
    alias: 'fails-once',
    creator: owner,
    members: { ...some(), [owner]: member() },
    purge_failures: 1,
  });
  if (size.rooms < 50) return;
  const next = addRoom(hs, {
    ...base(),
    ...mine,
    name: 'Lobby',
    alias: 'lobby',
    version: '12',
    join_rules: 'public',
    public: true,
    members: { ...some(), [admin]: member() },
  });
  addRoom(hs, {
    ...base(),
    ...mine,
    name: 'Lobby (replaced)',
    version: '6',
    tombstoned: true,
    replacement_room: next.room_id,
    members: some(),
  });
  addRoom(hs, {
    ...base(),
    name: 'Nobody is left',
    alias: 'nobody',
    creator: owner,
    members: { [owner]: member('leave') },
  });
  addRoom(hs, {
    ...base(),
    name: 'Without a join rule',
    creator: owner,
    join_rules: null,
    members: { [owner]: member(), [admin]: member() },
  });
  addRoom(hs, {
    ...base(),
    name: 'Not in the statistics',
    alias: 'not-in-stats',
    creator: owner,
    in_stats: false,
    members: { [owner]: member() },
  });
  addRoom(hs, {
    ...base(),
    name: '<i>Markup</i> & "quotes"',
    topic: '<script>alert(1)</script>',
    creator: owner,
    members: { [owner]: member() },
  });
  addRoom(hs, {
    ...base(),
    name: 'غرفة عربية',
    topic: 'نص من اليمين إلى اليسار',
    alias: 'arabic',
    creator: owner,
    join_rules: 'public',
    public: true,
    members: some(),
  });
}
