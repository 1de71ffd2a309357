import { ownFile } from '~/api/request';
import { TextError } from '~/lib/text-error';

/** What whoever serves Glia has set, in `config.json` beside the page. The table in `.deploy/README.md` explains each. */
export interface Config {
  /** The homeservers that one may sign in at; empty: any. Without a slash at the end. */
  readonly restrictBaseUrl: readonly string[];
  /** Whether the host of a URL that was typed is asked where its homeserver is. */
  readonly wellKnownDiscovery: boolean;
  /** Whether the browser sends its cookies to the homeserver, for a proxy in front of it that asks for them. */
  readonly corsCredentials: RequestCredentials;
  /** What Glia is at MAS, where it must not register itself; null: it does. */
  readonly clientId: string | null;
  /** Where MAS is, without a slash at the end; null: as it says itself. */
  readonly masBaseUrl: string | null;
  /** Nobody may change anything. */
  readonly readOnly: boolean;
  /** The kinds of actions that are allowed, with `*` for any part; null: all. */
  readonly allowedActions: readonly string[] | null;
  /** Users that an application service manages: what would break its work is not done to them. */
  readonly asManagedUsers: readonly RegExp[];
  /** Its tag; null: the browser's own language. */
  readonly defaultLanguage: string | null;
  /** Links to other pages, below the screens. */
  readonly menu: readonly { readonly label: string; readonly url: string }[];
}

export const USUAL_CONFIG: Config = {
  restrictBaseUrl: [],
  wellKnownDiscovery: true,
  corsCredentials: 'omit',
  clientId: null,
  masBaseUrl: null,
  readOnly: false,
  allowedActions: null,
  asManagedUsers: [],
  defaultLanguage: null,
  menu: [],
};

let current = USUAL_CONFIG;

export const config = (): Config => current;

/** As `config.json` sets it, from now on. */
export function setConfig(next: Config): void {
  current = next;
}

/** Nothing of it can be used: not even what would restrict. */
export class ConfigError extends TextError {
  override readonly name = 'ConfigError';
}

/** Reads `config.json` once, before anything is shown. Where there is none, all is as usual. @throws ConfigError, TextError */
export async function loadConfig(): Promise<void> {
  const source = await ownFile('config.json');
  if (source !== null) (await import('./read-config')).takeConfig(source);
}

/** Whether one may be signed in there. @param baseUrl without a slash at the end */
export const isAllowed = (baseUrl: string): boolean =>
  current.restrictBaseUrl.length === 0 || current.restrictBaseUrl.includes(baseUrl);
