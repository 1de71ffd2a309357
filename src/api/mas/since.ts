import { withValues, type Text } from '~/lib/text';
import { isAtLeast, versionNumbers } from '~/lib/versions';

/**
 * The one table of what not every MAS has: the first release whose API description or code has it. What is missing there looks like a
 * server that does not answer (HTML without CORS headers), and a filter that it does not know is ignored: the list is then not filtered.
 */
export const MAS_FEATURES = {
  emails: '0.14',
  'change-emails': '0.15',
  'browser-and-compat-sessions': '0.14',
  'upstream-links': '0.14',
  'change-upstream-links': '0.15',
  'policy-data': '0.15',
  'registration-tokens': '0.17',
  'deactivated-status': '0.17',
  /** Before, each deactivation erases, even with `skip_erase`, and locks too. */
  'deactivate-keeps': '0.20',
  reactivate: '0.20',
  'site-config': '1.3',
  'search-users': '1.3',
  'upstream-providers': '1.3',
  version: '1.4',
  'count-modes': '1.4',
  'finish-sessions': '1.4',
  'personal-sessions': '1.5',
  /** Synapse learns that an account is locked. */
  'lock-on-synapse': '1.14',
  'create-with-profile': '1.18',
  clients: '1.20',
  'session-dates': '1.20',
  'users-by-session': '1.20',
  'search-upstream-links': '1.22',
} as const satisfies Record<string, string>;

export type MasFeature = keyof typeof MAS_FEATURES;

/**
 * A version that is not known, as with all before 1.4, or that can't be read, is taken for a new one, as Synapse's is: where the request
 * then gets no answer, that says so (`whyMasIsSilent`).
 * @returns why this MAS can't do this, or null
 */
export function masLacks(version: string | undefined, feature: MasFeature): Text | null {
  if (version === undefined || versionNumbers(version) === null) return null;
  const since = MAS_FEATURES[feature];
  return isAtLeast(version, since) ? null : withValues(TOO_OLD, { since, version });
}

/** What a request belongs to; what is in none of these is as old as the Admin API. The first that matches counts. */
const REQUESTS: readonly (readonly [request: RegExp, MasFeature])[] = [
  [/\/(?:oauth2|compat|user)-sessions\/[^/]+\/finish$/, 'finish-sessions'],
  [/\/(?:compat|user)-sessions(?:\/|$)/, 'browser-and-compat-sessions'],
  [/\/personal-sessions(?:\/|$)/, 'personal-sessions'],
  [/^GET .*\/user-emails(?:\/|$)/, 'emails'],
  [/\/user-emails(?:\/|$)/, 'change-emails'],
  [/^GET .*\/upstream-oauth-links(?:\/|$)/, 'upstream-links'],
  [/\/upstream-oauth-links(?:\/|$)/, 'change-upstream-links'],
  [/\/upstream-oauth-providers(?:\/|$)/, 'upstream-providers'],
  [/\/policy-data(?:\/|$)/, 'policy-data'],
  [/\/user-registration-tokens(?:\/|$)/, 'registration-tokens'],
  [/\/oauth2-clients(?:\/|$)/, 'clients'],
  [/\/reactivate$/, 'reactivate'],
  [/\/site-config$/, 'site-config'],
  [/\/version$/, 'version'],
];

/**
 * Why MAS may have given no answer, as far as its version shows it: it answers what it does not have in a way that no page can read.
 * Undefined where the version has it, or every MAS does.
 */
export function whyMasIsSilent(version: string | undefined, method: string, path: string): Text | undefined {
  const [, feature] = REQUESTS.find(([request]) => request.test(`${method} ${path}`)) ?? [];
  if (feature === undefined) return undefined;
  const isKnown = version !== undefined && versionNumbers(version) !== null;
  if (!isKnown) return withValues(NOT_KNOWN, { since: MAS_FEATURES[feature] });
  return masLacks(version, feature) ?? undefined;
}

const NOT_KNOWN = /*i18n*/ {
  id: 'mas.version-not-known',
  message: 'This needs MAS {since} or newer, and Glia doesn’t know which version this is.',
} as const;
const TOO_OLD = /*i18n*/ {
  id: 'mas.too-old',
  message: 'This needs MAS {since} or newer. This is MAS {version}.',
} as const;
