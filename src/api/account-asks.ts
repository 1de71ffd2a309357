import * as z from 'zod/mini';
import { changeAsk, lookAsk, type Ask } from './ask';
import { path } from './request';
import { lookAtUser } from './user-asks';

/** Rare switches of accounts, as requests in data. */

const featuresSchema = z.object({ features: z.record(z.string(), z.boolean()) });
export type Features = z.output<typeof featuresSchema>;

/**
 * `GET /v1/experimental_features/{id}` (1.83): those that this Synapse knows. It answers for an account that does not exist, too
 * (`experimental_features.py:69-105`), so that is asked first.
 */
export const lookAtFeatures = (userId: string): Ask<Features> => ({
  ...lookAsk(
    path`/_synapse/admin/v1/experimental_features/${userId}`,
    featuresSchema,
    undefined,
    'experimental-features',
  ),
  first: lookAtUser(userId),
});

/** `PUT /v1/experimental_features/{id}`: of the named ones; the others stay. */
export const changeFeatures = (userId: string, features: Readonly<Record<string, boolean>>): Ask<null> =>
  changeAsk(
    { method: 'PUT', path: path`/_synapse/admin/v1/experimental_features/${userId}`, body: { features } },
    { exactly: {} },
  );

/**
 * `POST /v1/account_validity/validity`: until when the account is valid. Absent under MAS. Without a time Synapse takes its own
 * period, and breaks where none is configured: so a time is always sent.
 */
export const setValidity = (userId: string, expiration_ts: number, enable_renewal_emails: boolean): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/account_validity/validity`,
      body: { user_id: userId, expiration_ts, enable_renewal_emails },
    },
    { exactly: { expiration_ts } },
  );

const replacementSchema = z.object({ updatable_without_uia_before_ms: z.number() });

/** `POST /v1/users/{id}/_allow_cross_signing_replacement_without_uia` (1.97): for ten minutes. 404: no master key. */
export function allowKeyReplacement(userId: string): Ask<{ until: number | null }> {
  return {
    request: {
      method: 'POST',
      path: path`/_synapse/admin/v1/users/${userId}/_allow_cross_signing_replacement_without_uia`,
      schema: replacementSchema,
      feature: 'key-replacement',
    },
    read: (body) => ({ until: (body as z.output<typeof replacementSchema>).updatable_without_uia_before_ms }),
  };
}
