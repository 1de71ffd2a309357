import { msg, t } from '@lingui/core/macro';
import type { UsersQuery } from '~/api/users';
import { filterWords, handedWords, type Handover } from '~/data/handover';
import type { UserFilter } from '~/entities/user/UserFilterFields';
import { parseSize, SIZE_UNITS, type ReadSize, type SizeUnit } from '~/lib/bytes';
import { day, moment, startOfDay } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { parseRoomRefs } from '~/lib/room-refs';
import { withValues, type Text } from '~/lib/text';
import { readKeepList } from './keep-list';
import type { Method, Rule, RuleDate } from './plan';
import { readUsers, type Handed } from './users';
import { wordsOf } from '~/lib/words';

/** What was entered on the first step. */
export interface Choice {
  /** `room`: files of this homeserver that messages of one room name. */
  where: 'local' | 'room' | 'remote';
  /** The room, as it was entered. */
  room: string;
  by: RuleDate;
  /** `YYYY-MM-DD` in the browser's time zone. */
  date: string;
  /** As typed, perhaps with its unit; '' = any size. */
  size: string;
  /** For a size that names no unit. */
  unit: SizeUnit;
  whose: 'everyone' | 'handed' | 'filter' | 'named';
  handed: Handed | null;
  filter: UserFilter;
  /** Pasted user IDs. */
  users: string;
  keepAvatars: boolean;
  /** Optional, since it takes a request for each room. */
  roomAvatars: boolean;
  /** Of each user’s files, as typed; '' = none because they are new. */
  newest: string;
  /** Files that are never deleted, as they were pasted. */
  listed: string;
  /** Rooms whose sticker packs are never deleted, as they were entered. */
  stickerRooms: string;
  method: Method;
}

/** @param now epoch ms */
export function firstChoice(now: number): Choice {
  return {
    where: 'local',
    room: '',
    by: 'not-opened-since',
    date: dateBefore(now, AGES[0]),
    size: '',
    unit: 'MB',
    whose: 'everyone',
    handed: null,
    filter: { name: '', onlyAdmins: false },
    users: '',
    keepAvatars: true,
    roomAvatars: true,
    newest: '',
    listed: '',
    stickerRooms: '',
    method: 'exact',
  };
}

/** What a list or a page handed over, as a choice; null: nothing. */
export function handedChoice({ users, rooms }: Handover): Partial<Choice> | null {
  if (users) return { where: 'local', whose: 'handed', handed: users, method: 'exact' };
  const room = rooms && 'ids' in rooms ? rooms.ids[0] : undefined;
  return room === undefined ? null : { where: 'room', room, method: 'exact' };
}

/** Synapse refuses earlier dates, because it takes them for seconds (`media.py:445-494`). No Matrix homeserver is that old. */
const FIRST_DAY = '2014-01-01';

/** Why this date can't be used, or null. Synapse accepts dates in the future, which would mean “everything”. */
export function dateProblem(date: string, now: number): string | null {
  if (date === '') return t`Choose a date.`;
  if (startOfDay(date) === null) return t`“${date}” is not a valid date.`;
  if (date > day(now)) return t`This date is in the future, so every file would match. Choose an earlier one.`;
  if (date < FIRST_DAY) return t`No Matrix homeserver is that old. Choose a date from 2014 on.`;
  return null;
}

/** The size that was entered, strictly read. Null: nothing was entered, which means any size. */
export const sizeOf = ({ size, unit }: Pick<Choice, 'size' | 'unit'>): ReadSize | null =>
  size.trim() === '' ? null : parseSize(size, unit);

/** Why this size can't be used, or null. */
export function sizeProblem(choice: Pick<Choice, 'size' | 'unit'>): string | null {
  const size = sizeOf(choice);
  return size === null || size.ok ? null : wordsOf(size.reason);
}

/** How many of each user’s newest files are kept. Null: it is not a number that can be meant. */
export function newestOf({ newest }: Pick<Choice, 'newest'>): number | null {
  const text = newest.trim();
  if (text === '') return 0;
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** Why this number of newest files can't be used, or null. */
export const newestProblem = (choice: Pick<Choice, 'newest'>): string | null =>
  newestOf(choice) === null ? t`Enter a whole number up to 999,999, or leave this empty.` : null;

/** What asks the users list for all who match the filter: also deactivated and locked users, whose files are there too. */
export function fittingQuery({ name, onlyAdmins }: UserFilter, mas: boolean): UsersQuery {
  const part = name.trim();
  return {
    locked: true,
    // Behind MAS the list accepts nothing else (`users.py:123-129`), and there are no guests.
    ...(mas && { guests: false }),
    ...(part !== '' && { name: part }),
    ...(onlyAdmins && { admins: true }),
  };
}

/** Why no one room is named, or null. */
export function roomProblem({ room }: Pick<Choice, 'room'>): string | null {
  const { refs, problems } = parseRoomRefs(room);
  if (problems[0]) return wordsOf(problems[0].reason);
  if (refs.length > 1) return t`Enter only one room.`;
  return refs.length === 0 ? t`Enter a room.` : null;
}

/** The one room that is named, or null. */
export const roomOf = ({ room }: Pick<Choice, 'room'>): string | null => {
  const { refs } = parseRoomRefs(room);
  return refs.length === 1 ? (refs[0]?.ref ?? null) : null;
};

/** The rooms whose sticker packs are kept. */
export const stickerRoomsOf = ({ stickerRooms }: Pick<Choice, 'stickerRooms'>): string[] =>
  parseRoomRefs(stickerRooms).refs.map(({ ref }) => ref);

/** Why what is to be kept is not clear yet, or null. Nothing is planned without a list that somebody pasted. */
export function keepProblem(choice: Choice, serverName: string): string | null {
  const wrong = newestProblem(choice);
  if (wrong !== null) return wrong;
  const { own, others } = readKeepList(choice.listed, serverName);
  if (choice.listed.trim() !== '' && own + others === 0)
    return t`The list of files to keep names no file. A file looks like mxc://server/id.`;
  const rooms = parseRoomRefs(choice.stickerRooms);
  if (rooms.problems.length > 0) return t`Correct the rooms whose stickers are kept, or remove them.`;
  return null;
}

/** Why Synapse itself can't delete by this choice, or null. */
export function sweepProblem(choice: Choice): string | null {
  if (choice.by !== 'not-opened-since')
    return t`Synapse can only delete by “Not opened since”. To use the upload date, delete exactly the planned files.`;
  if (choice.where === 'room')
    return t`Synapse can’t delete by room. To choose a room, delete exactly the planned files.`;
  if (choice.whose !== 'everyone')
    return t`Synapse can only delete everyone’s files. To choose users, delete exactly the planned files.`;
  if (newestOf(choice) !== 0)
    return t`Synapse can’t keep each user’s newest files. To keep them, delete exactly the planned files.`;
  if (choice.listed.trim() !== '' || choice.stickerRooms.trim() !== '')
    return t`Synapse can’t keep the files of a list or of sticker packs. To keep them, delete exactly the planned files.`;
  return null;
}

/** The rule of a choice without problems. */
export function ruleOf(choice: Choice): Rule {
  const size = sizeOf(choice);
  return {
    by: choice.by,
    beforeTs: startOfDay(choice.date) ?? 0,
    // Whole bytes: `size_gt` is an integer (`media.py:445-494`).
    // A size that can't be read must never mean any size, so nothing is larger than it.
    largerThan: size === null ? 0 : size.ok ? size.bytes : Number.MAX_SAFE_INTEGER,
    keepAvatars: choice.keepAvatars,
    // Where it can't be read, all files count as newest: nothing is deleted.
    keepNewest: newestOf(choice) ?? Number.MAX_SAFE_INTEGER,
    method: choice.method,
  };
}

/** The dates that are chosen most often. */
export const AGES = [
  { name: '1-year', label: msg`1 year ago`, months: 12 },
  { name: '6-months', label: msg`6 months ago`, months: 6 },
  { name: '90-days', label: msg`90 days ago`, days: 90 },
] as const;

/** @param now epoch ms @returns `YYYY-MM-DD` in the browser's time zone */
export function dateBefore(now: number, age: { months?: number; days?: number }): string {
  const date = new Date(now);
  const { months = 0, days = 0 } = age;
  const dayOfMonth = date.getDate();
  date.setDate(1);
  date.setMonth(date.getMonth() - months);
  // There is no 31 February: use the last day of the month.
  const last = new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate();
  date.setDate(Math.min(dayOfMonth, last) - days);
  return day(date.getTime());
}

/** What the date means, in a sentence or two. */
export function meaning(choice: Choice): string {
  const since = moment(startOfDay(choice.date) ?? 0);
  if (choice.where === 'remote') {
    return t`Deletes cached files last opened before ${since} your time.`;
  }
  return choice.by === 'uploaded-before'
    ? t`Deletes files uploaded before ${since} your time, even if they were opened yesterday.`
    : t`Deletes files last opened before ${since} your time. For files never opened, the upload date counts.`;
}

/**
 * What was chosen, as it stands behind “34 files” in the plan and in the job’s title: “not opened since 2024-01-01, larger than
 * 1 MB, of everyone”.
 */
export function ruleText(choice: Choice, serverName: string): Text {
  const { where, by, date, keepAvatars, roomAvatars, method } = choice;
  if (where === 'remote') return withValues(REMOTE_RULE, { date });
  const { largerThan, keepNewest = 0 } = ruleOf(choice);
  const { own } = readKeepList(choice.listed, serverName);
  const rooms = stickerRoomsOf(choice).length;
  let text: Text = withValues(RULE, {
    by: by === 'uploaded-before' ? 'uploaded' : 'opened',
    date,
    sized: largerThan > 0 ? 'yes' : 'no',
    size: sizeWords(largerThan),
    whose: whoseText(choice, serverName),
    // If Synapse deletes by date itself, it always keeps room avatars.
    pictures: keepAvatars ? (!roomAvatars && method === 'exact' ? 'rooms' : 'none') : 'all',
  });
  if (keepNewest > 0) text = withValues(NEWEST, { rule: text, count: keepNewest });
  if (own > 0) text = withValues(LISTED, { rule: text, count: own });
  if (rooms > 0) text = withValues(STICKERS, { rule: text, count: rooms });
  return text;
}

const REMOTE_RULE = /*i18n*/ { id: 'media.rule.remote', message: 'not opened since {date}' } as const;
const RULE = /*i18n*/ {
  id: 'media.rule',
  message:
    '{by, select, uploaded {uploaded before} other {not opened since}} {date}{sized, select, yes {, larger than {size}} other {}}, of {whose}{pictures, select, all {, including avatars} rooms {, including room avatars} other {}}',
} as const;

const NEWEST = /*i18n*/ {
  id: 'media.rule.newest',
  message: '{rule}, except each user’s {count, plural, one {newest file} other {# newest files}}',
} as const;

const LISTED = /*i18n*/ {
  id: 'media.rule.listed',
  message: '{rule}, except {count, plural, one {# file} other {# files}} on a list',
} as const;
const STICKERS = /*i18n*/ {
  id: 'media.rule.stickers',
  message: '{rule}, except the stickers of {count, plural, one {# room} other {# rooms}}',
} as const;

const NAMED_UP_TO = 3;

function whoseText(choice: Choice, serverName: string): Text {
  const { where, whose, handed, filter, users } = choice;
  if (where === 'room') return withValues(ROOM, { room: roomOf(choice) ?? '' });
  if (whose === 'everyone') return EVERYONE;
  if (whose === 'filter') return withValues(MATCHING, { filter: filterWords(fittingQuery(filter, false)) });
  if (whose === 'handed' && handed) return handedWords(handed);
  const { ids } = readUsers(users, serverName);
  const [firstId = '', secondId = '', thirdId = ''] = ids;
  return ids.length > NAMED_UP_TO
    ? withValues(NAMED, { count: ids.length })
    : withValues(USERS, { count: ids.length, firstId, secondId, thirdId });
}

const ROOM = /*i18n*/ { id: 'media.rule.room', message: 'everyone, named in messages of {room}' } as const;
const EVERYONE = /*i18n*/ { id: 'media.rule.everyone', message: 'everyone' };
const MATCHING = /*i18n*/ {
  id: 'media.rule.matching',
  message: 'all users that match the filter: {filter}',
} as const;
const NAMED = /*i18n*/ { id: 'media.rule.named', message: '{count, number} users chosen one by one' } as const;
const USERS = /*i18n*/ {
  id: 'media.rule.users',
  message: '{count, plural, =1 {{firstId}} =2 {{firstId} and {secondId}} other {{firstId}, {secondId} and {thirdId}}}',
} as const;

/** Never rounded: `1.5 MB`, but `1,234,567 B`. */
function sizeWords(bytes: number): string {
  for (const unit of ['TB', 'GB', 'MB', 'kB', 'TiB', 'GiB', 'MiB', 'KiB'] as const) {
    const amount = bytes / SIZE_UNITS[unit];
    if (amount >= 1 && Number.isInteger(amount * 10)) return `${amount} ${unit}`;
  }
  return `${formatCount(bytes)} B`;
}
