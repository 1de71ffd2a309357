import * as z from 'zod/mini';
import { path, request } from './request';

/** Sessions that Glia itself obtains: by a password, or after single sign-on. Absent behind MAS. All throw HomeserverError. */

interface Place {
  /** Without a slash at the end. */
  readonly baseUrl: string;
}

const answerSchema = z.object({ access_token: z.string(), user_id: z.string() });
export type Obtained = z.output<typeof answerSchema>;

/**
 * Without a `device_id`: to name one again ends the session that another tab has as it
 * (`handlers/device.py:check_device_registered`, `handlers/register.py:register_device`). 403 for a wrong name or password, 429 after a
 * few.
 *
 * @param by.user a localpart or a user ID
 */
export function passwordLogin(
  hs: Place,
  by: { readonly user: string; readonly password: string; readonly deviceName: string },
  signal?: AbortSignal,
): Promise<Obtained> {
  const { user, password, deviceName } = by;
  return request(hs, {
    method: 'POST',
    path: path`/_matrix/client/v3/login`,
    body: {
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user },
      password,
      initial_device_display_name: deviceName,
    },
    schema: answerSchema,
    secret: password,
    handsOut: true,
    signal,
  });
}

/** @param by.loginToken as single sign-on gave it: good once, for two minutes (`config/auth.py`, `login_via_existing`) */
export function tokenLogin(
  hs: Place,
  by: { readonly loginToken: string; readonly deviceName: string },
  signal?: AbortSignal,
): Promise<Obtained> {
  const { loginToken, deviceName } = by;
  return request(hs, {
    method: 'POST',
    path: path`/_matrix/client/v3/login`,
    body: { type: 'm.login.token', token: loginToken, initial_device_display_name: deviceName },
    schema: answerSchema,
    secret: loginToken,
    handsOut: true,
    signal,
  });
}

/**
 * Where single sign-on begins: a page of the homeserver, not a request of Glia. It leads back to `redirectUrl` with `loginToken` in its
 * query.
 *
 * @param provider its ID; null: where the homeserver has but one, or asks
 */
export function ssoUrl({ baseUrl }: Place, provider: string | null, redirectUrl: string): string {
  const where =
    provider === null
      ? path`/_matrix/client/v3/login/sso/redirect`
      : path`/_matrix/client/v3/login/sso/redirect/${provider}`;
  return `${baseUrl}${where}?redirectUrl=${encodeURIComponent(redirectUrl)}`;
}
