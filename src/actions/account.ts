import type { AccountBody } from '~/api/accounts';
import { idWords } from '~/api/external-ids';
import type { ExternalId, User } from '~/api/users';
import type { Json } from '~/jobs/job';
import { commaList, listed, withValues, type Text } from '~/lib/text';
import { sameState } from './reading';

/** The fields of an account that are set together: when it is made, and by an import. All of it is JSON. */
export interface Account {
  readonly displayname?: string | null;
  readonly threepids?: readonly Threepid[];
  readonly external_ids?: readonly ExternalId[];
  readonly admin?: boolean;
  readonly user_type?: string | null;
  readonly locked?: boolean;
}
export interface Threepid {
  readonly medium: string;
  readonly address: string;
}

export type AccountField = keyof Account;
/** In the order in which Synapse sets them. */
export const ACCOUNT_FIELDS = ['displayname', 'threepids', 'external_ids', 'admin', 'locked', 'user_type'] as const;

export const fieldsIn = (account: Account): AccountField[] =>
  ACCOUNT_FIELDS.filter((field) => account[field] !== undefined);

/** These fields of an account as it is. */
export function accountOf(user: User, fields: readonly AccountField[] = ACCOUNT_FIELDS): Account {
  const has = (field: AccountField) => fields.includes(field);
  return {
    ...(has('displayname') && { displayname: user.displayname ?? null }),
    ...(has('threepids') && { threepids: user.threepids.map(({ medium, address }) => ({ medium, address })) }),
    ...(has('external_ids') && {
      external_ids: user.external_ids.map(({ auth_provider, external_id }) => ({ auth_provider, external_id })),
    }),
    ...(has('admin') && { admin: user.admin === true }),
    ...(has('locked') && { locked: user.locked === true }),
    ...(has('user_type') && { user_type: user.user_type ?? null }),
  };
}

/** Whether a field is the same in both: lists have no order. */
export const sameField = (one: Account, other: Account, field: AccountField): boolean =>
  sameState((one[field] ?? null) as Json, (other[field] ?? null) as Json);

/** Whether all fields of the first are so in the second. */
export const isSo = (wanted: Account, now: Account): boolean =>
  fieldsIn(wanted).every((field) => sameField(wanted, now, field));

/** Only these fields. */
export const only = (account: Account, fields: readonly AccountField[]): Account =>
  Object.fromEntries(fields.flatMap((field) => (account[field] === undefined ? [] : [[field, account[field]]])));

/** As Synapse takes them: an empty name clears, and null would be refused. */
export function bodyOf({ displayname, ...rest }: Account): AccountBody {
  return { ...(displayname !== undefined && { displayname: displayname ?? '' }), ...rest };
}

const NONE = /*i18n*/ { id: 'account.none', message: 'none' };
const YES = /*i18n*/ { id: 'account.yes', message: 'yes' };
const NO = /*i18n*/ { id: 'account.no', message: 'no' };
const NAME = /*i18n*/ { id: 'account.displayname', message: 'display name: {value}' } as const;
const ADDRESSES = /*i18n*/ { id: 'account.addresses', message: 'email and phone: {value}' } as const;
const IDS = /*i18n*/ { id: 'account.external-ids', message: 'external IDs: {value}' } as const;
const ADMIN = /*i18n*/ { id: 'account.admin', message: 'admin: {value}' } as const;
const LOCKED = /*i18n*/ { id: 'account.locked', message: 'locked: {value}' } as const;
const TYPE = /*i18n*/ { id: 'account.user-type', message: 'user type: {value}' } as const;
const NOTHING = /*i18n*/ { id: 'account.nothing', message: 'nothing set' };

const flagWords = (value: boolean | undefined): Text => (value ? YES : NO);
const named = (value: string | null | undefined): Text => (value == null || value === '' ? NONE : value);

function fieldWords(account: Account, field: AccountField): Text {
  switch (field) {
    case 'displayname':
      return withValues(NAME, { value: named(account.displayname) });
    case 'threepids': {
      const all = account.threepids ?? [];
      return withValues(ADDRESSES, { value: all.length === 0 ? NONE : commaList(all.map(({ address }) => address)) });
    }
    case 'external_ids': {
      const all = account.external_ids ?? [];
      return withValues(IDS, { value: all.length === 0 ? NONE : commaList(all.map(idWords)) });
    }
    case 'admin':
      return withValues(ADMIN, { value: flagWords(account.admin) });
    case 'locked':
      return withValues(LOCKED, { value: flagWords(account.locked) });
    case 'user_type':
      return withValues(TYPE, { value: named(account.user_type) });
  }
}

/** “display name: Anna · admin: no” */
export function accountWords(account: Account): Text {
  const fields = fieldsIn(account);
  return fields.length === 0 ? NOTHING : listed(fields.map((field) => fieldWords(account, field)));
}
