import { isolatedWords } from '~/lib/shown-text';
import { withValues, type Text } from '~/lib/text';
import { isAtLeast, versionNumbers } from '~/lib/versions';

/**
 * The one table of what not every Synapse has. Each is the first release with it, as the tags of its repository say. What is
 * asked of every homeserver and is not here is as old as Synapse 1.32, or older.
 */
interface Feature {
  since: string;
  /** What does not work before, as a part of the sentence “On Synapse 1.95 these don’t work: …”. Absent: Glia asks in an older way. */
  lost?: string;
}

export const FEATURES = {
  /** `/_matrix/client/v3` and `/_matrix/media/v3`; before it `r0`. */
  'client-v3': { since: '1.48' },
  /** `/_matrix/client/v1/media`; before it `/_matrix/media`. */
  'client-media': { since: '1.112' },
  /** The stable `auth_metadata`, by which MAS is known; before it the unstable `auth_issuer`. */
  'auth-metadata': { since: '1.138' },

  /** `GET /v3/users`, whose `deactivated` has three states; before it v2, where it has two. */
  'users-v3': { since: '1.103', lost: 'listing only deactivated users' },
  'users-admins': { since: '1.91', lost: 'listing only admins, or all but them' },
  /** Before, `locked` is not known to the list, and locked users are in it. */
  'users-locked': { since: '1.93', lost: 'leaving out locked users' },
  'users-types': { since: '1.88', lost: 'listing users by type' },
  'users-last-seen': { since: '1.92', lost: 'when a user was last seen, in the users list' },
  /** Before, what is searched for must be ASCII. */
  'users-any-script': { since: '1.99', lost: 'searching users by names with accents, or in other scripts' },
  /** Before, “last seen” is null after 28 days (`user_ips` is pruned). */
  'last-seen-kept': { since: '1.140', lost: 'when users were last seen, if that is more than 28 days ago' },
  'lock-users': { since: '1.91', lost: 'locking users' },
  /** `POST` is older, and can't be taken back before. */
  'shadow-ban': { since: '1.48', lost: 'shadow-banning users' },
  /** Before, a deactivation with erase could join the user to rooms again */
  'leaves-for-good': { since: '1.150' },
  /** From 1.150 on and before this, an erased user who is reactivated can’t sign in, and has no profile. */
  'erased-come-back': { since: '1.157' },
  suspended: { since: '1.121', lost: 'suspending users, and seeing who is suspended' },
  /** A PUT replaces the whole list, in one transaction, and says 409 for an ID of someone else. */
  'replace-external-ids': { since: '1.46', lost: 'removing external IDs, and putting them back' },
  /** `GET /v1/auth_providers/…`. Before, only the answer to the PUT tells that someone else holds an ID. */
  'external-id-holder': {
    since: '1.68',
    lost: 'seeing in the plan of an undo that someone else has an external ID by now (the homeserver then refuses it)',
  },
  /** A cache of looked-up external IDs, which a removal does not clear: until an entry expires, the removed ID still works. */
  'external-id-cache': { since: '1.129' },
  /** `GET /v1/threepid/…`. */
  'threepid-holder': { since: '1.72', lost: 'finding the user of an e-mail address' },

  'room-filters': { since: '1.110', lost: 'listing rooms by “public” and “empty”' },
  'room-block': { since: '1.48', lost: 'seeing that a room is blocked' },
  /** `GET /v1/rooms/<id>/messages`. */
  'room-messages': { since: '1.68', lost: 'telling this job’s joins from those of others' },
  /** `GET /v1/rooms/<id>/state?type=`; before it the whole state is read and filtered here. */
  'state-by-type': { since: '1.123' },
  /** `GET /v1/rooms/<id>/hierarchy`; before it the `m.space.child` events of each space. */
  hierarchy: { since: '1.142' },
  /** `tombstoned` and `replacement_room` in a room's details; before it the `m.room.tombstone` event. */
  'room-replaced': { since: '1.153' },

  /** `POST /v1/media/delete`; before it the path with the server's name in it. */
  'media-sweep': { since: '1.78' },
  /** `url_cache` in the list of a user's files. */
  'link-previews': {
    since: '1.97',
    lost: 'keeping the pictures of link previews when media are deleted (they are not told apart from files)',
  },
  /** `GET /v1/media/<server>/<id>`: a file is looked at once more just before it is deleted. */
  'media-info': {
    since: '1.140',
    lost: 'looking at each file once more before it is deleted (one that was opened or protected since the plan goes too)',
  },
} as const satisfies Record<string, Feature>;

export type FeatureId = keyof typeof FEATURES;

/**
 * Whether this Synapse has it. A version that can't be read (a fork's own name) is taken for a new one: the endpoint itself
 * then says whether it is there.
 */
export function has(version: string | undefined, feature: FeatureId): boolean {
  if (version === undefined || versionNumbers(version) === null) return true;
  return isAtLeast(version, FEATURES[feature].since);
}

/** Why this Synapse does not have it, in a sentence; null where it does. */
export function lacks(version: string | undefined, feature: FeatureId): Text | null {
  if (version === undefined || has(version, feature)) return null;
  return withValues(TOO_OLD, { since: FEATURES[feature].since, version });
}

/** The same for several, of which each is a use of one thing: “A (Synapse 1.91), B (1.103)”; null where none is lacking. */
export function lackedUses(version: string, uses: readonly (readonly [use: string, FeatureId])[]): string | null {
  const lacking = uses.filter(([, feature]) => !has(version, feature));
  if (lacking.length === 0) return null;
  return lacking.map(([use, feature]) => `${use} (needs Synapse ${FEATURES[feature].since})`).join(', ');
}

/** What does not work on this Synapse, newest first: what an update brings soonest. */
export function lostOn(version: string): string[] {
  const lost: { since: string; lost: string }[] = [];
  for (const id of Object.keys(FEATURES) as FeatureId[]) {
    const feature: Feature = FEATURES[id];
    if (feature.lost !== undefined && !has(version, id)) lost.push({ since: feature.since, lost: feature.lost });
  }
  return lost.toSorted((one, other) => (isAtLeast(one.since, other.since) ? -1 : 1)).map((feature) => feature.lost);
}

/** The same as one sentence. */
export const lostSentence = (version: string): string =>
  `On Synapse ${isolatedWords(version)} these don’t work: ${lostOn(version).join('; ')}.`;

const SAFE_SINCE = '1.157.2';

/** What an admin of this Synapse should know of its safety; null where nothing is known against it. */
export function updateAdvice(version: string): string | null {
  if (versionNumbers(version) === null || isAtLeast(version, SAFE_SINCE)) return null;
  return `Update Synapse: ${SAFE_SINCE} closed 11 security holes, and this is ${isolatedWords(version)}.`;
}

/**
 * Why an endpoint answers 404 M_UNRECOGNIZED, as far as the version tells.
 * @param feature what the endpoint belongs to; undefined: every Synapse has it
 */
export function whyAbsent(version: string | undefined, feature: FeatureId | undefined): Text | undefined {
  if (version === undefined || versionNumbers(version) === null) return undefined;
  const lacking = feature && lacks(version, feature);
  return lacking ?? withValues(MISROUTED, { version });
}

const TOO_OLD = /*i18n*/ {
  id: 'api.too-old',
  message: 'This needs Synapse {since} or newer; this homeserver runs {version}.',
} as const;
const MISROUTED = /*i18n*/ {
  id: 'api.misrouted',
  message:
    'Synapse {version} has this endpoint, so the proxy sends the request to a process that does not serve it: with workers, most of /_synapse/admin belongs to the main process',
} as const;
