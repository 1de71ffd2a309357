import * as z from 'zod/mini';

/** Of an account that signed in through MAS: its tokens run out after minutes, and are renewed with this. */
export const oauthSchema = z.object({
  issuer: z.string(),
  tokenEndpoint: z.string(),
  revocationEndpoint: z.string(),
  clientId: z.string(),
  refreshToken: z.string(),
  /** By the clock of this computer, ms. */
  expiresAt: z.number(),
  /** Made up at sign-in: tabs that were duplicated from each other have one session, and one refresh token. */
  family: z.string(),
  /** How often its tokens were renewed: which of two is newer. */
  serial: z.number(),
  accountUrl: z.optional(z.string()),
});
export type OAuth = z.output<typeof oauthSchema>;

/**
 * As whom this tab acts, and where: as one account or as several, of which one is shown. The tokens live here and nowhere else: in
 * memory and, unless unwanted, encrypted in the tab.
 */
export const sessionSchema = z.object({
  homeserver: z.object({
    baseUrl: z.string(),
    token: z.string(),
    version: z.optional(z.string()),
    mas: z.optional(z.object({ baseUrl: z.string(), version: z.optional(z.string()) })),
  }),
  userId: z.string(),
  /** The part after the colon of the admin's own id. Room ids of version 12 have none: never split those. */
  serverName: z.string(),
  /** Synapse's version as it says it, e.g. `1.163.2`. */
  version: z.string(),
  /** Matrix Authentication Service is in front: some endpoints are gone (synapse-admin-api §4.1). */
  mas: z.boolean(),
  /** The embedded demo homeserver. */
  demo: z.boolean(),
  /** The admin wants this tab to change nothing. */
  readOnly: z.optional(z.boolean()),
  /** Glia made it by a password or single sign-on: nothing else uses its token. */
  isObtained: z.optional(z.boolean()),
  oauth: z.optional(oauthSchema),
});
export type Session = z.output<typeof sessionSchema>;
