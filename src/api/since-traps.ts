import { isAtLeast, versionNumbers } from '~/lib/versions';
import { withValues, type Text } from '~/lib/text';
import { FEATURES, SAFE_SINCE, type FeatureId } from './since';

/** What went wrong for admins of some versions of Synapse, and is put right by an update. */
export interface Trap {
  readonly id: string;
  readonly words: Text;
  /** Update to it, or to a newer one. */
  readonly fixed: string;
  /** Who says so. */
  readonly source: string;
}

interface KnownTrap {
  /** Missing: all before. */
  readonly from?: string;
  readonly fixedBy: FeatureId;
  readonly words: Text;
  readonly source: string;
}

export const ADVISORIES = 'https://github.com/element-hq/synapse/security/advisories';
const ISSUES = 'https://github.com/element-hq/synapse/issues';

/** Newest first. What is not put right in any version is handled by the actions themselves, and is no reason to update. */
const TRAPS: Readonly<Record<string, KnownTrap>> = {
  'erased-come-back': {
    from: '1.150',
    fixedBy: 'erased-come-back',
    words: /*i18n*/ {
      id: 'trap.erased-come-back',
      message:
        'An erased user who is reactivated has no profile: they can’t be invited, and can’t change their display name.',
    },
    source: `${ISSUES}/19881`,
  },
  'purge-takes-local': {
    fixedBy: 'purge-keeps-local',
    words: /*i18n*/ {
      id: 'trap.purge-takes-local',
      message:
        'Purging the history of a room also deletes messages of local users, even if it is told to keep them. These exist nowhere else.',
    },
    source: 'https://github.com/element-hq/synapse/blob/develop/CHANGES.md',
  },
  'erased-rejoin': {
    fixedBy: 'leaves-for-good',
    words: /*i18n*/ {
      id: 'trap.erased-rejoin',
      message: 'A user who is deactivated and erased may join their rooms again.',
    },
    source: `${ISSUES}/19603`,
  },
  'last-seen-forgotten': {
    fixedBy: 'last-seen-kept',
    words: /*i18n*/ {
      id: 'trap.last-seen-forgotten',
      message: 'Synapse forgets after 28 days when a user was last seen. Nobody knows then who is inactive.',
    },
    source: 'https://github.com/element-hq/synapse/blob/develop/CHANGES.md',
  },
};

/** The traps of this version. A version that can't be read is taken for a new one. */
export function trapsOf(version: string): Trap[] {
  if (versionNumbers(version) === null) return [];
  return Object.entries(TRAPS).flatMap(([id, { from, fixedBy, words, source }]) => {
    const fixed = FEATURES[fixedBy].since;
    const isCaught = !isAtLeast(version, fixed) && (from === undefined || isAtLeast(version, from));
    return isCaught ? [{ id, words, fixed, source }] : [];
  });
}

/** The version that takes all of them away, and the security issues too. */
export const UPDATE_TO: Text = withValues(
  /*i18n*/ { id: 'trap.update-to', message: 'Update to Synapse {since} or newer.' },
  { since: SAFE_SINCE },
);
