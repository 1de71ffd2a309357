import { lookAtMediaTotal, lookAtState } from '~/api/access-asks';
import { lookAtDevices } from '~/api/device-asks';
import { has } from '~/api/since';
import { lookAtJoinedRooms } from '~/api/user-asks';
import type { User } from '~/api/users';
import type { LookAt, Server } from '~/actions/action';
import { roomPower } from '~/actions/member/room-power';
import { withValues, type Text } from '~/lib/text';

/** What a deactivation touches, by a few looks: never more than so many rooms are looked into. */
const MOST_ROOMS = 10;

const ROOMS = /*i18n*/ {
  id: 'user.weigh.rooms',
  message: '{count, plural, =0 {The account is in no rooms.} one {It leaves # room.} other {It leaves # rooms.}}',
} as const;
const SOLE = /*i18n*/ {
  id: 'user.weigh.sole-admin',
  message:
    '{count, plural, one {In # of them nobody else has the power to change permissions. Make someone else admin there first.} other {In # of them nobody else has the power to change permissions. Make someone else admin there first.}}',
} as const;
const SOLE_OF_SOME = /*i18n*/ {
  id: 'user.weigh.sole-admin-of-some',
  message:
    'Glia checked {checked, number} of them: in {count, number} nobody else has the power to change permissions. Make someone else admin there first.',
} as const;
const NOT_SOLE_OF_SOME = /*i18n*/ {
  id: 'user.weigh.not-sole-of-some',
  message: 'Glia checked {checked, number} of them: in each, someone else has the power to change permissions.',
} as const;
const SESSIONS = /*i18n*/ {
  id: 'user.weigh.sessions',
  message: '{count, plural, =0 {It is not signed in anywhere.} one {# session ends.} other {# sessions end.}}',
} as const;
const ADDRESSES = /*i18n*/ {
  id: 'user.weigh.addresses',
  message:
    '{count, plural, one {# email address or phone number is deleted.} other {# email addresses and phone numbers are deleted.}}',
} as const;
const FILES = /*i18n*/ {
  id: 'user.weigh.files',
  message:
    '{count, plural, =0 {It has no files.} one {Its # file stays: delete or quarantine it separately.} other {Its # files stay: delete or quarantine them separately.}}',
} as const;
const EXTERNAL_IDS = /*i18n*/ {
  id: 'user.weigh.external-ids',
  message:
    '{count, plural, one {Its # external ID stays, so nobody else can sign in with it.} other {Its # external IDs stay, so nobody else can sign in with them.}}',
} as const;

/** For several accounts none of this is counted; this is said in its place. */
export const NOT_WEIGHED: readonly Text[] = [
  /*i18n*/ { id: 'user.weigh.files-stay', message: 'Files stay: delete or quarantine them separately.' },
  /*i18n*/ {
    id: 'user.weigh.not-for-several',
    message:
      'Rooms may be left without an admin. Glia looks for such rooms only where you deactivate a single user, not in a plan for several.',
  },
];
export const EXTERNAL_IDS_STAY = /*i18n*/ {
  id: 'user.weigh.external-ids-stay',
  message: 'External IDs stay, so nobody else can sign in with them.',
};

export async function weighDeactivation(
  id: string,
  user: User,
  { look, server }: { look: LookAt; server: Server },
): Promise<readonly Text[]> {
  const [{ joined_rooms: rooms }, { devices }, files] = await Promise.all([
    look(lookAtJoinedRooms(id)),
    look(lookAtDevices(id)),
    look(lookAtMediaTotal(id)),
  ]);
  const addresses = user.threepids?.length ?? 0;
  const externalIds = user.external_ids.length;
  return [
    withValues(ROOMS, { count: rooms.length }),
    ...(await soleAdminOf(id, rooms, look, server)),
    withValues(SESSIONS, { count: devices.length }),
    ...(addresses > 0 ? [withValues(ADDRESSES, { count: addresses })] : []),
    withValues(FILES, { count: files }),
    ...(externalIds > 0 ? [withValues(EXTERNAL_IDS, { count: externalIds })] : []),
  ];
}

/** Whoever left a room may still be named in its levels: these are the fewest rooms that are left without an admin. */
async function soleAdminOf(
  id: string,
  rooms: readonly string[],
  look: LookAt,
  { version }: Server,
): Promise<readonly Text[]> {
  // Before, the whole state of a room would come.
  if (rooms.length === 0 || !has(version, 'state-by-type')) return [];
  const checked = rooms.slice(0, MOST_ROOMS);
  const alone = await Promise.all(checked.map((roomId) => isSoleAdmin(id, roomId, look)));
  const count = alone.filter(Boolean).length;
  if (checked.length === rooms.length) return count > 0 ? [withValues(SOLE, { count })] : [];
  return [
    count > 0
      ? withValues(SOLE_OF_SOME, { checked: checked.length, count })
      : withValues(NOT_SOLE_OF_SOME, { checked: checked.length }),
  ];
}

async function isSoleAdmin(id: string, roomId: string, look: LookAt): Promise<boolean> {
  // From version 12 on a room's ID has no server part, and its creators stand above all levels.
  const isCreatorRanked = !roomId.includes(':');
  const state = (
    await Promise.all([
      look(lookAtState(roomId, 'm.room.power_levels')),
      isCreatorRanked ? look(lookAtState(roomId, 'm.room.create')) : [],
    ])
  ).flat();
  const power = roomPower(state, isCreatorRanked ? '12' : null);
  const isAdmin = (userId: string) => power.of(userId) >= power.levels;
  return isAdmin(id) && !power.named.some((one) => one !== id && isAdmin(one));
}
