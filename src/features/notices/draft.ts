import { msg } from '@lingui/core/macro';
import * as z from 'zod/mini';
import { sendNotice, type NoticeInput } from '~/actions/user/notice';
import type { UsersQuery } from '~/api/users';
import type { Handover } from '~/data/handover';
import { handedUsers } from '~/data/kept-handover';
import type { UserFilter } from '~/entities/user/UserFilterFields';
import type { ParsedUserIds } from '~/lib/mxid';
import { ownUsers } from '~/lib/own-users';
import type { Text } from '~/lib/text';

/** A notice that is being written, and to whom it goes. It outlives a reload of the tab. */
export interface NoticeDraft {
  from: 'everyone' | 'handed' | 'filter' | 'named';
  /** What was selected in the users list, on the way here. */
  handed: NonNullable<Handover['users']> | null;
  filter: UserFilter;
  /** Users that are named, as they were entered. */
  users: string;
  /** Bridged users are nobody who reads. */
  withBridged: boolean;
  text: string;
  html: string;
}

export const FIRST_DRAFT: NoticeDraft = {
  from: 'named',
  handed: null,
  filter: { name: '', onlyAdmins: false },
  users: '',
  withBridged: false,
  text: '',
  html: '',
};

export const keptDraft = z.object({
  from: z.enum(['everyone', 'handed', 'filter', 'named']),
  handed: z.nullable(handedUsers),
  filter: z.object({ name: z.string(), onlyAdmins: z.boolean() }),
  users: z.string(),
  withBridged: z.boolean(),
  text: z.string(),
  html: z.string(),
});

/** What asks the users list for the recipients; null: they are named, or were selected. Nobody else could read a notice. */
export function queryOf({ from, filter, withBridged }: NoticeDraft): UsersQuery | null {
  if (from !== 'everyone' && from !== 'filter') return null;
  const name = from === 'filter' ? filter.name.trim() : '';
  return {
    guests: false,
    deactivated: false,
    ...(!withBridged && { bridged: false as const }),
    ...(name !== '' && { name }),
    ...(from === 'filter' && filter.onlyAdmins && { admins: true }),
  };
}

/** What the action is given, or why that can't be said yet. */
export function inputOf({ text, html }: NoticeDraft): { input: NoticeInput } | { problem: Text } {
  const read = sendNotice.form?.read({ text, html });
  if (read === undefined || 'problems' in read) return { problem: NO_TEXT };
  return { input: read.input as NoticeInput };
}

/** Who gets it, or why that can't be said yet. @param total how many match the filter; null: not known yet */
export function recipientsOf(
  draft: NoticeDraft,
  named: ParsedUserIds,
  total: number | null,
  serverName: string,
): { users: NonNullable<Handover['users']> } | { problem: Text } {
  const filter = queryOf(draft);
  if (filter !== null) {
    if (draft.from === 'filter' && filter.name === undefined && filter.admins === undefined)
      return { problem: NO_FILTER };
    if (total === null) return { problem: COUNTING };
    return total === 0 ? { problem: NO_MATCH } : { users: { filter, total } };
  }
  if (draft.from === 'handed' && draft.handed) return { users: draft.handed };
  if (named.waiting.length > 0) return { problem: INCOMPLETE };
  const { ids } = ownUsers(named, serverName);
  return ids.length === 0 ? { problem: NOBODY } : { users: { ids } };
}

const NO_TEXT = msg`Enter the text of the notice.`;
const NOBODY = msg`Enter at least one user of this homeserver.`;
const INCOMPLETE = msg`Complete the names that have no server part, or remove them.`;
const NO_FILTER = msg`Enter a part of the users’ names, or choose everyone.`;
const COUNTING = msg`Counting the users that match…`;
const NO_MATCH = msg`No user matches this filter.`;
