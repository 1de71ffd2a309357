import * as z from 'zod/mini';
import { restrictActions } from '~/actions/restrictions';
import { sendCredentials } from '~/api/credentials';
import { parseHomeserverUrl } from '~/lib/homeserver-url';
import { withValues } from '~/lib/text';
import { ConfigError, setConfig, USUAL_CONFIG, type Config } from './config';

/** What `config.json` may hold. Loaded only where there is one. */

const text = z.string().check(z.minLength(1));
const baseUrl = z.pipe(
  text,
  z.transform((typed, context) => {
    const parsed = parseHomeserverUrl(typed);
    if (parsed.ok) return parsed.baseUrl;
    context.issues.push({ code: 'custom', message: 'not the URL of a server', input: typed });
    return z.NEVER;
  }),
);
const link = z.object({
  label: text,
  /** To a page of the web: `javascript:` would run in this one. */
  url: text.check(z.regex(/^https?:\/\//i, 'not an https or http URL')),
});
/** As in Ketesa: without flags, so that the same patterns mean the same. */
const pattern = z.pipe(
  text,
  z.transform((typed, context) => {
    try {
      return new RegExp(typed);
    } catch (error) {
      const message = error instanceof Error ? error.message : 'not a regular expression';
      context.issues.push({ code: 'custom', message, input: typed });
      return z.NEVER;
    }
  }),
);
const kind = text.check(z.regex(/^[a-z*][a-z*.-]*$/, 'not the name of an action, such as user.lock or user.*'));

const schema = z.object({
  restrictBaseUrl: z.optional(z.union([baseUrl, z.array(baseUrl).check(z.minLength(1))])),
  wellKnownDiscovery: z.optional(z.boolean()),
  corsCredentials: z.optional(z.enum(['same-origin', 'include', 'omit'], 'must be same-origin, include or omit')),
  clientId: z.optional(text),
  masBaseUrl: z.optional(baseUrl),
  readOnly: z.optional(z.boolean()),
  allowedActions: z.optional(z.array(kind)),
  asManagedUsers: z.optional(z.array(pattern)),
  defaultLanguage: z.optional(text),
  menu: z.optional(z.array(link)),
});

const NO_JSON = /*i18n*/ {
  id: 'data.config-no-json',
  message: 'config.json is not JSON: {reason}',
} as const;
const WRONG = /*i18n*/ {
  id: 'data.config-wrong',
  message: 'config.json, “{key}”: {reason}',
} as const;
const TOP = /*i18n*/ {
  id: 'data.config-top',
  message: 'config.json must hold an object: {reason}',
} as const;

/** @throws ConfigError naming the first key that is wrong */
export function readConfig(source: string): Config {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch (error) {
    throw new ConfigError(withValues(NO_JSON, { reason: error instanceof Error ? error.message : '' }));
  }
  const read = z.safeParse(schema, json);
  if (!read.success) {
    const [issue] = read.error.issues;
    const key = (issue?.path ?? [])
      .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at > 0 ? '.' : ''}${String(part)}`))
      .join('');
    const reason = issue?.message ?? '';
    throw new ConfigError(key === '' ? withValues(TOP, { reason }) : withValues(WRONG, { key, reason }));
  }
  const { restrictBaseUrl: restricted = [], ...rest } = read.data;
  const restrictBaseUrl = typeof restricted === 'string' ? [restricted] : restricted;
  // The token of another homeserver must not go to this one's MAS.
  if (rest.masBaseUrl !== undefined && restrictBaseUrl.length !== 1)
    throw new ConfigError(
      withValues(WRONG, { key: 'masBaseUrl', reason: 'needs restrictBaseUrl with one homeserver' }),
    );
  return { ...USUAL_CONFIG, ...rest, restrictBaseUrl };
}

/** From now on all goes by it. @throws ConfigError */
export function takeConfig(source: string): void {
  const next = readConfig(source);
  setConfig(next);
  sendCredentials(next.corsCredentials);
  restrictActions({ allowed: next.allowedActions, managed: next.asManagedUsers });
}
