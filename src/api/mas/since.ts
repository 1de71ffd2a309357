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

/** @param version as MAS says it; undefined: not known, as with all before 1.4. @returns why it can't do this, or null */
export function masLacks(version: string | undefined, feature: MasFeature): Text | null {
  if (version === undefined || versionNumbers(version) === null) return null;
  const since = MAS_FEATURES[feature];
  return isAtLeast(version, since) ? null : withValues(TOO_OLD, { since, version });
}

const TOO_OLD = /*i18n*/ {
  id: 'mas.too-old',
  message: 'This needs MAS {since} or newer. This is MAS {version}.',
} as const;
