import * as z from 'zod/mini';
import { ownFile } from '~/api/request';
import { parseHomeserverUrl } from '~/lib/homeserver-url';
import { TextError } from '~/lib/text-error';
import { withValues } from '~/lib/text';

/** What whoever serves Glia has set, in `config.json` beside the page. The README's table explains each. */

const text = z.string().check(z.minLength(1));
const baseUrl = z.pipe(
  text,
  z.transform((typed, context) => {
    const parsed = parseHomeserverUrl(typed);
    if (parsed.ok) return parsed.baseUrl;
    context.issues.push({ code: 'custom', message: 'not the URL of a homeserver', input: typed });
    return z.NEVER;
  }),
);
const link = z.object({
  label: text,
  /** To a page of the web: `javascript:` would run in this one. */
  url: text.check(z.regex(/^https?:\/\//i, 'not an https or http URL')),
});

const schema = z.object({
  restrictBaseUrl: z.optional(z.union([baseUrl, z.array(baseUrl).check(z.minLength(1))])),
  wellKnownDiscovery: z.optional(z.boolean()),
  defaultLanguage: z.optional(text),
  menu: z.optional(z.array(link)),
});

export interface Config {
  /** The homeservers that one may sign in at; empty: any. Without a slash at the end. */
  readonly restrictBaseUrl: readonly string[];
  /** Whether the host of a URL that was typed is asked where its homeserver is. */
  readonly wellKnownDiscovery: boolean;
  /** Its tag; null: the browser's own language. */
  readonly defaultLanguage: string | null;
  /** Links to other pages, below the screens. */
  readonly menu: readonly { readonly label: string; readonly url: string }[];
}

export const USUAL_CONFIG: Config = {
  restrictBaseUrl: [],
  wellKnownDiscovery: true,
  defaultLanguage: null,
  menu: [],
};

let current = USUAL_CONFIG;

export const config = (): Config => current;

/** Nothing of it can be used: not even what would restrict. */
export class ConfigError extends TextError {
  override readonly name = 'ConfigError';
}

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
  const { restrictBaseUrl = [], ...rest } = read.data;
  return {
    ...USUAL_CONFIG,
    ...rest,
    restrictBaseUrl: typeof restrictBaseUrl === 'string' ? [restrictBaseUrl] : restrictBaseUrl,
  };
}

/** Reads `config.json` once, before anything is shown. Where there is none, all is as usual. @throws ConfigError, TextError */
export async function loadConfig(): Promise<void> {
  const source = await ownFile('config.json');
  if (source !== null) current = readConfig(source);
}

/** Whether one may be signed in there. @param baseUrl without a slash at the end */
export const isAllowed = (baseUrl: string): boolean =>
  current.restrictBaseUrl.length === 0 || current.restrictBaseUrl.includes(baseUrl);
