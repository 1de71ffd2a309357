import * as z from 'zod/mini';
import type { Ask } from '~/api/ask';
import { path, type Homeserver } from '~/api/request';
import { readNow } from './resource';

/** What MAS says of itself (`admin/v1/{version,site_config}.rs`): bare objects. */

const versionSchema = z.object({ version: z.string() });

/** `GET /version` (1.4). Before 1.4 it is not there, which looks as if MAS did not answer. */
export const lookAtMasVersion: Ask<{ version: string }> = {
  request: { api: 'mas', path: path`/api/admin/v1/version`, schema: versionSchema },
  read: (body) => body as z.output<typeof versionSchema>,
};

export const masVersion = async (hs: Homeserver, signal?: AbortSignal): Promise<string> =>
  (await readNow(hs, lookAtMasVersion, signal)).version;

const configSchema = z.object({
  server_name: z.string(),
  password_login_enabled: z.boolean(),
  password_registration_enabled: z.boolean(),
  /** 1.4 */
  password_registration_email_required: z.optional(z.boolean()),
  /** 1.19; before that only `registration_token_required` says it. */
  password_registration_token_required: z.optional(z.boolean()),
  registration_token_required: z.optional(z.boolean()),
  email_change_allowed: z.boolean(),
  displayname_change_allowed: z.boolean(),
  password_change_allowed: z.boolean(),
  account_recovery_allowed: z.boolean(),
  account_deactivation_allowed: z.boolean(),
  captcha_enabled: z.boolean(),
  /** 0 to 4, as zxcvbn judges a password. */
  minimum_password_complexity: z.number(),
});
export type MasSiteConfig = z.output<typeof configSchema>;

/** `GET /site-config` (1.3). */
export const lookAtMasSiteConfig: Ask<MasSiteConfig> = {
  request: { api: 'mas', path: path`/api/admin/v1/site-config`, schema: configSchema },
  read: (body) => body as MasSiteConfig,
};

export const masSiteConfig = (hs: Homeserver, signal?: AbortSignal): Promise<MasSiteConfig> =>
  readNow(hs, lookAtMasSiteConfig, signal);
