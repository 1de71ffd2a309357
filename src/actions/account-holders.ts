import { noneWhereNotFound } from '~/api/errors';
import { idWords, lookAtExternalIds, lookAtHolder, without } from '~/api/external-ids';
import { lacks } from '~/api/since';
import { lookAtThreepidHolder } from '~/api/threepids';
import type { ExternalId } from '~/api/users';
import { withValues, type Text } from '~/lib/text';
import type { Account, Threepid } from './account';
import type { LookAt } from './action';

/**
 * Who else holds what an account is to get. An address of another account would move to this one in silence
 * (`store/registration.py:1211-1223`), and a refused external ID leaves a new account behind without it.
 */

const HELD = /*i18n*/ { id: 'account.held', message: '{what} belongs to {userId}.' } as const;
const NOT_ASKED = /*i18n*/ {
  id: 'account.holder-unasked',
  message: 'Glia can’t look up which account has {what}, because it can’t be part of a URL.',
} as const;

/** Those of a list that the other one has not. */
export const newAddresses = (wanted: readonly Threepid[], had: readonly Threepid[]): readonly Threepid[] =>
  wanted.filter((one) => !had.some(({ medium, address }) => medium === one.medium && address === one.address));

/** What an account gets that it has not. */
export const gains = (goal: Account, before: Account | null) => ({
  addresses: newAddresses(goal.threepids ?? [], before?.threepids ?? []),
  ids: without(goal.external_ids ?? [], before?.external_ids ?? []),
});

/** Why the account can't get these, or null. @throws HomeserverError where a look-up failed: that is no “nobody’s” */
export async function whoseElse(
  userId: string,
  { addresses, ids }: ReturnType<typeof gains>,
  look: LookAt,
  version: string,
): Promise<Text | null> {
  if (addresses.length > 0) {
    const lacking = lacks(version, 'threepid-holder');
    if (lacking !== null) return lacking;
  }
  for (const one of addresses) {
    const holder = await holderOfAddress(one, look);
    if (holder !== null && holder !== userId) return withValues(HELD, { what: one.address, userId: holder });
  }
  if (ids.length > 0) {
    const lacking = lacks(version, 'external-id-holder');
    if (lacking !== null) return lacking;
  }
  for (const one of ids) {
    if (lookAtHolder(one) === null) return withValues(NOT_ASKED, { what: idWords(one) });
    const holder = await holderOfId(one, look);
    if (holder !== null && holder !== userId) return withValues(HELD, { what: idWords(one), userId: holder });
  }
  return null;
}

async function holderOfAddress(one: Threepid, look: LookAt): Promise<string | null> {
  return (await look(lookAtThreepidHolder(one)).catch(noneWhereNotFound))?.user_id ?? null;
}

/** As that account's own list says: the look-up may speak of half an hour ago. */
async function holderOfId(one: ExternalId, look: LookAt): Promise<string | null> {
  const asked = lookAtHolder(one);
  const holder = asked && (await look(asked).catch(noneWhereNotFound))?.user_id;
  if (!holder) return null;
  const other = await look(lookAtExternalIds(holder)).catch(noneWhereNotFound);
  return other && without([one], other.external_ids).length === 0 ? holder : null;
}
