import { queryOptions } from '@tanstack/react-query';
import { lookAtFeatures } from '~/api/account-asks';
import { send } from '~/api/ask';
import type { Homeserver } from '~/api/request';
import { shownRows } from '~/api/rows';
import {
  countInvitesAndJoins,
  listAccountData,
  listConnections,
  listMemberships,
  listPushers,
} from '~/api/user-details';
import { mediaConfig } from '~/api/homeserver';
import { getRateLimit } from '~/api/users';

/** What a user's page asks for besides the account: each when its part of the page is opened. */
export const userDetails = {
  memberships: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'memberships', userId],
      queryFn: async ({ signal }) => {
        const answer = await listMemberships(hs, userId, signal);
        return { rows: shownRows(answer), odd: answer.odd, areAll: answer.areAll };
      },
    }),
  /** @param since how long ago the counting begins, ms; null: from the beginning */
  counts: (hs: Homeserver, userId: string, since: number | null) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'invite-counts', userId, since],
      queryFn: ({ signal }) => countInvitesAndJoins(hs, userId, since === null ? 0 : Date.now() - since, signal),
    }),
  connections: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'connections', userId],
      queryFn: async ({ signal }) => {
        const answer = await listConnections(hs, userId, signal);
        return { rows: shownRows(answer), odd: answer.odd };
      },
    }),
  pushers: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'pushers', userId],
      queryFn: async ({ signal }) => {
        const answer = await listPushers(hs, userId, signal);
        return { rows: shownRows(answer), odd: answer.odd };
      },
    }),
  accountData: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'account-data', userId],
      queryFn: ({ signal }) => listAccountData(hs, userId, signal),
    }),
  features: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'features', userId],
      queryFn: ({ signal }) => send(hs, lookAtFeatures(userId), signal),
    }),
  /** Of a file, in bytes; null: the homeserver does not say. */
  largestUpload: (hs: Homeserver) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'largest-upload'],
      queryFn: async ({ signal }) => (await mediaConfig(hs, signal))['m.upload.size'],
    }),
  rateLimit: (hs: Homeserver, userId: string) =>
    queryOptions({
      queryKey: [hs.baseUrl, 'users', 'rate-limit', userId],
      queryFn: ({ signal }) => getRateLimit(hs, userId, signal),
    }),
} as const;
