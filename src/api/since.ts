import { commaList, semicolonList, withValues, type Message, type Text } from '~/lib/text';
import { isAtLeast, versionNumbers } from '~/lib/versions';

/**
 * The one table of what not every Synapse has. Each is the first release with it, as the tags of its repository say. What is
 * asked of every homeserver and is not here is as old as Synapse 1.32, or older.
 */
interface Feature {
  since: string;
  /** What does not work before, in a list under “These don’t work with Synapse 1.95”. Missing: Glia asks in an older way. */
  lost?: Message;
}

export const FEATURES = {
  /** `/_matrix/client/v3` and `/_matrix/media/v3`; before it `r0`. */
  'client-v3': { since: '1.48' },
  /** `/_matrix/client/v1/media`; before it `/_matrix/media`. */
  'client-media': { since: '1.112' },
  /** The stable `auth_metadata`, by which MAS is known; before it the unstable `auth_issuer`. */
  'auth-metadata': { since: '1.138' },

  /** `GET /v3/users`, whose `deactivated` has three states; before it v2, where it has two. */
  'users-v3': { since: '1.103', lost: /*i18n*/ { id: 'since.users-v3', message: 'listing only deactivated users' } },
  'users-admins': {
    since: '1.91',
    lost: /*i18n*/ { id: 'since.users-admins', message: 'listing only admins, or everyone but admins' },
  },
  /** Before, `locked` is not known to the list, and locked users are in it. */
  'users-locked': { since: '1.93', lost: /*i18n*/ { id: 'since.users-locked', message: 'leaving out locked users' } },
  'users-types': { since: '1.88', lost: /*i18n*/ { id: 'since.users-types', message: 'listing users by type' } },
  'users-last-seen': {
    since: '1.92',
    lost: /*i18n*/ { id: 'since.users-last-seen', message: 'seeing in the users list when a user was last seen' },
  },
  /** `erased` in the list. */
  'users-erased': {
    since: '1.71',
    lost: /*i18n*/ { id: 'since.users-erased', message: 'seeing in the users list who was erased' },
  },
  /** Before, what is searched for must be ASCII. */
  'users-any-script': {
    since: '1.99',
    lost: /*i18n*/ { id: 'since.users-any-script', message: 'searching for names with accents or in other scripts' },
  },
  /** Before, “last seen” is null after 28 days (`user_ips` is pruned). */
  'last-seen-kept': {
    since: '1.140',
    lost: /*i18n*/ {
      id: 'since.last-seen-kept',
      message: 'seeing when users were last seen, if it was more than 28 days ago',
    },
  },
  'lock-users': { since: '1.91', lost: /*i18n*/ { id: 'since.lock-users', message: 'locking users' } },
  /** `POST` is older, and can't be taken back before. */
  'shadow-ban': { since: '1.48', lost: /*i18n*/ { id: 'since.shadow-ban', message: 'shadow-banning users' } },
  /** Before, a deactivation with erase could join the user to rooms again */
  'leaves-for-good': { since: '1.150' },
  /** Before, it takes a new password, which Glia does not set there. */
  reactivate: {
    since: '1.99',
    lost: /*i18n*/ { id: 'since.reactivate', message: 'reactivating users' },
  },
  /** From 1.150 on and before this, an erased user who is reactivated can’t sign in, and has no profile. */
  'erased-come-back': { since: '1.157' },
  suspended: {
    since: '1.121',
    lost: /*i18n*/ { id: 'since.suspended', message: 'suspending users, and seeing who is suspended' },
  },
  /** Before, a PUT to an account that exists leaves its type as it is. */
  'user-type': { since: '1.46', lost: /*i18n*/ { id: 'since.user-type', message: 'changing the type of users' } },
  /** A PUT replaces the whole list, in one transaction, and says 409 for an ID of someone else. */
  'replace-external-ids': {
    since: '1.46',
    lost: /*i18n*/ { id: 'since.replace-external-ids', message: 'removing external IDs, and putting them back' },
  },
  /** `GET /v1/auth_providers/…`. Before, only the answer to the PUT says that someone else has an ID. */
  'external-id-holder': {
    since: '1.68',
    lost: /*i18n*/ {
      id: 'since.external-id-holder',
      message:
        'seeing in the plan of an undo that another user has an external ID now (the homeserver then refuses it)',
    },
  },
  /** A cache of looked-up external IDs, which a removal does not clear: until an entry expires, the removed ID still works. */
  'external-id-cache': { since: '1.129' },
  /** `GET /v1/threepid/…`. */
  'threepid-holder': {
    since: '1.72',
    lost: /*i18n*/ { id: 'since.threepid-holder', message: 'finding the user of an email address' },
  },

  /** `GET /v1/scheduled_tasks`. Before, a task that was started by a request without an answer can't be found. */
  'scheduled-tasks': {
    since: '1.130',
    lost: /*i18n*/ { id: 'since.scheduled-tasks', message: 'seeing scheduled tasks' },
  },
  redact: { since: '1.116', lost: /*i18n*/ { id: 'since.redact', message: 'redacting everything that a user sent' } },
  'redact-as-admin': {
    since: '1.135',
    lost: /*i18n*/ { id: 'since.redact-as-admin', message: 'redacting what a user sent in your own name' },
  },
  'redact-dates': {
    since: '1.157',
    lost: /*i18n*/ { id: 'since.redact-dates', message: 'redacting only what a user sent between two days' },
  },
  /** `GET /v1/users/<id>/memberships`; before it `joined_rooms`, and the page says what it does not show. */
  memberships: { since: '1.145' },
  'invite-counts': {
    since: '1.122',
    lost: /*i18n*/ { id: 'since.invite-counts', message: 'counting the invitations that a user sent' },
  },
  'account-data': {
    since: '1.50',
    lost: /*i18n*/ { id: 'since.account-data', message: 'seeing a user’s account data' },
  },
  'key-replacement': {
    since: '1.97',
    lost: /*i18n*/ {
      id: 'since.key-replacement',
      message: 'letting a user replace their cross-signing keys without a password',
    },
  },
  'experimental-features': {
    since: '1.83',
    lost: /*i18n*/ {
      id: 'since.experimental-features',
      message: 'switching experimental features on for single users',
    },
  },

  'room-filters': {
    since: '1.110',
    lost: /*i18n*/ { id: 'since.room-filters', message: 'filtering rooms by “public” and “empty”' },
  },
  'room-block': { since: '1.48', lost: /*i18n*/ { id: 'since.room-block', message: 'seeing that a room is blocked' } },
  /** `DELETE /v2/rooms/<id>`: a task that can be followed. */
  'room-delete': { since: '1.48', lost: /*i18n*/ { id: 'since.room-delete', message: 'deleting rooms' } },
  /** Before, purging the history of a room took what local users sent, whatever it was told. */
  'purge-keeps-local': { since: '1.156' },
  /** `GET /v1/rooms/<id>/messages`. */
  'room-messages': {
    since: '1.68',
    lost: /*i18n*/ {
      id: 'since.room-messages',
      message: 'reading messages, and telling a job’s joins apart from other joins',
    },
  },
  /** `GET /v1/rooms/<id>/state?type=`; before it the whole state is read and filtered here. */
  'state-by-type': { since: '1.123' },
  /** `GET /v1/rooms/<id>/hierarchy`; before it the `m.space.child` events of each space. */
  hierarchy: { since: '1.142' },
  /** `tombstoned` and `replacement_room` in a room's details; before it the `m.room.tombstone` event. */
  'room-replaced': { since: '1.153' },

  /** `GET /v1/fetch_event/<id>`. */
  'fetch-event': {
    since: '1.140',
    lost: /*i18n*/ { id: 'since.fetch-event', message: 'looking up an event by its ID' },
  },
  'room-sizes': {
    since: '1.83',
    lost: /*i18n*/ { id: 'since.room-sizes', message: 'seeing which rooms take most of the database' },
  },
  /** `GET /v1/background_updates/status`, and starting a job. */
  'background-updates': {
    since: '1.48',
    lost: /*i18n*/ { id: 'since.background-updates', message: 'seeing and pausing background updates' },
  },
  /** `event_sender_user_id`; before it the filter is ignored. */
  'reports-by-sender': {
    since: '1.122',
    lost: /*i18n*/ { id: 'since.reports-by-sender', message: 'filtering reports by who sent the message' },
  },
  'dismiss-reports': {
    since: '1.79',
    lost: /*i18n*/ { id: 'since.dismiss-reports', message: 'dismissing reports' },
  },
  /** `event_resign` among the jobs of `POST /v1/background_updates/start_job`. */
  'event-resign': {
    since: '1.152',
    lost: /*i18n*/ { id: 'since.event-resign', message: 'signing events again after the signing key was replaced' },
  },
  /** `GET /v1/user_reports`. */
  'user-reports': {
    since: '1.152',
    lost: /*i18n*/ { id: 'since.user-reports', message: 'seeing reports of users' },
  },
  'registration-tokens': {
    since: '1.42',
    lost: /*i18n*/ { id: 'since.registration-tokens', message: 'registration tokens' },
  },
  /** `GET /v1/federation/destinations`. */
  destinations: {
    since: '1.49',
    lost: /*i18n*/ { id: 'since.destinations', message: 'seeing which other servers can’t be reached' },
  },
  /** `…/rooms` and `…/reset_connection`. */
  'destination-rooms': {
    since: '1.52',
    lost: /*i18n*/ {
      id: 'since.destination-rooms',
      message: 'seeing the rooms shared with another server, and retrying it at once',
    },
  },

  /** `POST /v1/media/delete`; before it the path with the server's name in it. */
  'media-sweep': { since: '1.78' },
  /** `url_cache` in the list of a user's files. */
  'link-previews': {
    since: '1.97',
    lost: /*i18n*/ {
      id: 'since.link-previews',
      message:
        'keeping the pictures of link previews when media are deleted (Synapse can’t tell them from other files)',
    },
  },
  /** `GET /v1/media/<server>/<id>`: a file is looked at once more just before it is deleted. */
  'media-info': {
    since: '1.140',
    lost: /*i18n*/ {
      id: 'since.media-info',
      message:
        'looking at each file again just before it is deleted (a file that was opened or protected since the plan is deleted too)',
    },
  },
  /** `GET /v1/media/quarantine_changes`. */
  'quarantine-changes': {
    since: '1.152',
    lost: /*i18n*/ { id: 'since.quarantine-changes', message: 'seeing which files were quarantined lately' },
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

/** The same of what came with this release. */
export function lacksRelease(version: string, since: string): Text | null {
  if (versionNumbers(version) === null || isAtLeast(version, since)) return null;
  return withValues(TOO_OLD, { since, version });
}

/** The same for several uses of one thing: “A (needs Synapse 1.91), B (needs Synapse 1.103)”; null where none is lacking. */
export function lackedUses(version: string, uses: readonly (readonly [use: Text, FeatureId])[]): Text | null {
  const lacking = uses.filter(([, feature]) => !has(version, feature));
  if (lacking.length === 0) return null;
  return commaList(lacking.map(([use, feature]) => withValues(USE_NEEDS, { use, since: FEATURES[feature].since })));
}

/** What does not work on this Synapse, newest first: what an update brings soonest. */
export function lostOn(version: string): Message[] {
  const lost: { since: string; lost: Message }[] = [];
  for (const id of Object.keys(FEATURES) as FeatureId[]) {
    const feature: Feature = FEATURES[id];
    if (feature.lost !== undefined && !has(version, id)) lost.push({ since: feature.since, lost: feature.lost });
  }
  return lost.toSorted((one, other) => (isAtLeast(one.since, other.since) ? -1 : 1)).map((feature) => feature.lost);
}

/** The same as one sentence. */
export const lostSentence = (version: string): Text =>
  withValues(LOST, { version, list: semicolonList(lostOn(version)) });

export const SAFE_SINCE = '1.157.2';

/** What an admin of this Synapse should know of its safety; null where nothing is known against it. */
export function updateAdvice(version: string): Text | null {
  if (versionNumbers(version) === null || isAtLeast(version, SAFE_SINCE)) return null;
  return withValues(UPDATE, { since: SAFE_SINCE, version });
}

/**
 * Why an endpoint answers 404 M_UNRECOGNIZED, as far as the version shows it.
 * @param feature what the endpoint belongs to; undefined: every Synapse has it
 */
export function whyAbsent(version: string | undefined, feature: FeatureId | undefined): Text | undefined {
  if (version === undefined || versionNumbers(version) === null) return undefined;
  const lacking = feature && lacks(version, feature);
  return lacking ?? withValues(MISROUTED, { version });
}

const USE_NEEDS = /*i18n*/ { id: 'since.use-needs', message: '{use} (needs Synapse {since})' } as const;
const LOST = /*i18n*/ { id: 'since.lost', message: 'These don’t work with Synapse {version}: {list}.' } as const;
const UPDATE = /*i18n*/ {
  id: 'since.update',
  message: 'Update Synapse: version {since} fixed 11 security issues, and this homeserver runs {version}.',
} as const;
const TOO_OLD = /*i18n*/ {
  id: 'api.too-old',
  message: 'This needs Synapse {since} or newer. This homeserver runs {version}.',
} as const;
const MISROUTED = /*i18n*/ {
  id: 'api.misrouted',
  message:
    'Synapse {version} supports it, so the proxy probably sends it to the wrong process. With workers, most of /_synapse/admin belongs to the main process.',
} as const;
