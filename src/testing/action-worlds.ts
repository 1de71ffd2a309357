import type { Json } from '~/jobs/job';
import { addDestination, addMedia, addRoom, addUser, passwordHash } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { setMembership } from '~/mocks/rules/membership';
import { ACCESS_WORLDS } from './worlds/access';
import type { Destination, LocalMedia, RegistrationToken, User } from '~/mocks/state';
import { nameOfToken, tokenOfName } from '~/lib/token-names';
import { REPORT_WORLDS } from './worlds/report';
import { ROOM_WORLDS } from './worlds/room';
import { PROFILE_WORLDS } from './worlds/profile';

/**
 * Where each action is tried out by the promise suite (`actions/promises.spec.ts`): an item that it changes, and how the
 * homeserver has it. An action without a world fails `house.spec.ts`.
 */
export interface World {
  /** An item that the action would change, of this name where it has one. @returns its ID */
  make(model: MockHomeserver, name?: string): string;
  /** Puts the item where the action leads (true), or back (false): what somebody else does. */
  set(model: MockHomeserver, id: string, isReached: boolean): void;
  isReached(model: MockHomeserver, id: string): boolean;
  /**
   * Makes it another one, or puts it where neither the plan nor the goal is. Missing: it is never made anew, and its state is one of
   * two, as the suite sees for itself.
   */
  drift?(model: MockHomeserver, id: string): void;
  remove(model: MockHomeserver, id: string): void;
  /** How it ends where the item is gone since the plan. Missing: it is skipped, because a look finds nothing. */
  readonly whenGone?:
    | { readonly status: 'done'; readonly reason: string }
    | { readonly status: 'skipped'; readonly reason: string };
  /** The secret that is typed for the item. Missing: one is made, where the action has one. */
  secret?(model: MockHomeserver, id: string): string;
  /** An item that the action refuses to change. */
  refused?(model: MockHomeserver): string;
  input?: Json;
}

/** Deleted, and registered again later. */
const madeAnew: World['drift'] = (model, id) => {
  userOf(model, id).creation_ts += 60;
};

type Flag = 'locked' | 'suspended' | 'shadow_banned' | 'admin';

const userOf = (model: MockHomeserver, id: string): User => {
  const user = model.state.users.get(id);
  if (!user) throw new Error(`The model has no user ${id}.`);
  return user;
};

/** A flag of an account that the action sets or takes away. */
function account(flag: Flag, reached: boolean, refused?: World['refused']): World {
  return {
    make: (model, localpart = 'anna') => addUser(model, { localpart, [flag]: !reached }).name,
    set(model, id, isReached) {
      userOf(model, id)[flag] = isReached === reached;
    },
    isReached: (model, id) => userOf(model, id)[flag] === reached,
    drift: madeAnew,
    remove: (model, id) => void model.state.users.delete(id),
    ...(refused && { refused }),
  };
}

const deactivated = (model: MockHomeserver) => addUser(model, { localpart: 'closed', deactivated: true }).name;
const oneself = (model: MockHomeserver) => model.adminId;

/** Whether an account is closed. */
function closing(reached: boolean, refused?: World['refused']): World {
  return {
    make: (model, localpart = 'anna') => addUser(model, { localpart, deactivated: !reached }).name,
    set(model, id, isReached) {
      userOf(model, id).deactivated = isReached === reached;
    },
    isReached: (model, id) => userOf(model, id).deactivated === reached,
    drift: madeAnew,
    remove: (model, id) => void model.state.users.delete(id),
    ...(refused && { refused }),
  };
}

const OLD = 'the old password';

/** An account with another password than before. */
const password: World = {
  make: (model, localpart = 'anna') => addUser(model, { localpart, password: OLD }).name,
  set(model, id, isReached) {
    userOf(model, id).password_hash = passwordHash(isReached ? 'another one' : OLD);
  },
  isReached: (model, id) => userOf(model, id).password_hash !== passwordHash(OLD),
  drift: madeAnew,
  remove: (model, id) => void model.state.users.delete(id),
  refused: deactivated,
  input: { logout_devices: true },
};

/** A limit of one's own, or none. */
function limit(reached: User['ratelimit'], other: User['ratelimit'], input?: Json): World {
  return {
    make: (model, localpart = 'anna') => addUser(model, { localpart, ratelimit: other }).name,
    set(model, id, isReached) {
      userOf(model, id).ratelimit = isReached ? reached : other;
    },
    isReached: (model, id) => JSON.stringify(userOf(model, id).ratelimit) === JSON.stringify(reached),
    drift(model, id) {
      userOf(model, id).ratelimit = { messages_per_second: 7, burst_count: 77 };
    },
    remove: (model, id) => void model.state.users.delete(id),
    ...(input !== undefined && { input }),
  };
}

const mediaIdOf = (mxc: string): string => mxc.split('/').at(-1) ?? '';

const fileOf = (model: MockHomeserver, mxc: string): LocalMedia => {
  const media = model.state.media.get(mediaIdOf(mxc));
  if (!media) throw new Error(`The model has no file ${mxc}.`);
  return media;
};

function addFile(model: MockHomeserver, over: Partial<LocalMedia> = {}): string {
  const { media_id } = addMedia(model, { user_id: model.adminId, ...over });
  return `mxc://${model.serverName}/${media_id}`;
}

const uploadedAnew: World['drift'] = (model, id) => {
  fileOf(model, id).created_ts += 60_000;
};

/** A file, and what marks it. */
function file(
  change: (media: LocalMedia, isReached: boolean) => void,
  isReached: (media: LocalMedia) => boolean,
): World {
  return {
    make(model) {
      const id = addFile(model);
      change(fileOf(model, id), false);
      return id;
    },
    set: (model, id, reached) => change(fileOf(model, id), reached),
    isReached: (model, id) => isReached(fileOf(model, id)),
    drift: uploadedAnew,
    remove: (model, id) => void model.state.media.delete(mediaIdOf(id)),
  };
}

/** A user in a room of the admin's. */
const membership: World = {
  make(model, localpart = 'anna') {
    const { name } = addUser(model, localpart);
    return `${name} ${addRoom(model, { creator: model.adminId, members: [model.adminId, name] }).room_id}`;
  },
  set(model, id, isReached) {
    const [name = '', room] = memberOf(model, id);
    setMembership(model, room, name, { membership: isReached ? 'leave' : 'join', sender: name });
  },
  isReached(model, id) {
    const [name = '', room] = memberOf(model, id);
    return room.members.get(name)?.membership !== 'join';
  },
  /** They left and came back. */
  drift(model, id) {
    membership.set(model, id, true);
    membership.set(model, id, false);
  },
  remove(model, id) {
    const [name = '', room] = memberOf(model, id);
    room.members.delete(name);
  },
  input: { reason: 'Wrong room', unlimited: false },
};

function memberOf(model: MockHomeserver, id: string) {
  const [name, roomId = ''] = id.split(' ');
  const room = model.state.rooms.get(roomId);
  if (!room) throw new Error(`The model has no room of ${id}.`);
  return [name, room] as const;
}

/** A file that goes, or is gone. */
const deletion: World = {
  make: (model) => addFile(model),
  set: (model, id, isReached) => void (isReached && model.state.media.delete(mediaIdOf(id))),
  isReached: (model, id) => !model.state.media.has(mediaIdOf(id)),
  drift: uploadedAnew,
  remove: (model, id) => void model.state.media.delete(mediaIdOf(id)),
  refused: (model) => addFile(model, { safe_from_quarantine: true }),
};

const both = (name: string) =>
  [`${name}/ä #?`, name].map((external_id) => ({ auth_provider: 'oidc-google', external_id }));

/** An account that has ids of the provider, or no longer. */
function externalIds(): World {
  return {
    make(model, localpart = 'anna') {
      const user = addUser(model, { localpart });
      user.external_ids = both(user.name);
      return user.name;
    },
    set(model, id, isReached) {
      // In another order than before: the homeserver promises none.
      userOf(model, id).external_ids = isReached ? [] : both(id).toReversed();
    },
    isReached: (model, id) => userOf(model, id).external_ids.length === 0,
    drift: (model, id) => void userOf(model, id).external_ids.push({ auth_provider: 'saml', external_id: 'new' }),
    remove: (model, id) => void model.state.users.delete(id),
    input: { provider: 'oidc-google' },
  };
}

/** A server that Synapse waits for, or no longer. */
const retrying: World = {
  make: (model, name = 'far') => {
    const { destination } = addDestination(model, `${name}.example`, { retry_last_ts: 1_700_000_000_000 });
    return destination;
  },
  set: (model, id, isReached) => {
    destinationOf(model, id).retry_last_ts = isReached ? 0 : 1_700_000_000_000;
  },
  isReached: (model, id) => destinationOf(model, id).retry_last_ts === 0,
  /** The clock of the homeserver was put back. */
  drift: (model, id) => {
    destinationOf(model, id).retry_last_ts -= 60_000;
  },
  remove: (model, id) => void model.state.destinations.delete(id),
};

function destinationOf(model: MockHomeserver, id: string): Destination {
  const found = model.state.destinations.get(id);
  if (!found) throw new Error(`The model has no destination ${id}.`);
  return found;
}

/** A registration token of the homeserver, by the name that jobs give it; null: it is not there. */
function tokenOf(model: MockHomeserver, id: string): RegistrationToken | null {
  return [...model.state.registrationTokens.values()].find(({ token }) => nameOfToken(token) === id) ?? null;
}

function addToken(model: MockHomeserver, id: string, uses_allowed: number | null): string {
  const token = tokenOfName(id) ?? '';
  model.state.registrationTokens.set(token, { token, uses_allowed, pending: 0, completed: 0, expiry_time: null });
  return id;
}

const removeToken = (model: MockHomeserver, id: string) =>
  void model.state.registrationTokens.delete(tokenOfName(id) ?? '');

/** A token that the action makes, or takes away. */
function tokenThere(reached: boolean, input?: Json): World {
  const set: World['set'] = (model, id, isReached) => {
    if (isReached === reached) addToken(model, id, 3);
    else removeToken(model, id);
  };
  return {
    make(model, name = 'welcome') {
      const id = nameOfToken(`${name}-to-the-homeserver`);
      set(model, id, false);
      return id;
    },
    set,
    isReached: (model, id) => (tokenOf(model, id) !== null) === reached,
    drift: (model, id) => void addToken(model, id, 7),
    // Where one is to be made, one that is there already stands in the way instead.
    remove: reached ? (model, id) => void addToken(model, id, 7) : removeToken,
    whenGone: {
      status: 'skipped',
      reason: reached ? 'Changed since the plan: now 7 uses' : 'Already not on this homeserver',
    },
    ...(input !== undefined && { input }),
  };
}

/** A token of which three more uses are allowed, or any number. */
const tokenLimits: World = {
  make: (model, name = 'welcome') => addToken(model, nameOfToken(`${name}-to-the-homeserver`), null),
  set: (model, id, isReached) => void addToken(model, id, isReached ? 3 : null),
  isReached: (model, id) => tokenOf(model, id)?.uses_allowed === 3,
  drift: (model, id) => void addToken(model, id, 7),
  remove: removeToken,
  whenGone: { status: 'skipped', reason: 'Changed since the plan: now not on this homeserver' },
  input: { uses_allowed: 3, expires: '' },
};

/** Whether updates of the database may run. There is one such switch, and it is never gone. */
const updates = (reached: boolean): World => ({
  make(model) {
    model.state.backgroundUpdates.enabled = !reached;
    return 'background updates';
  },
  set: (model, _id, isReached) => void (model.state.backgroundUpdates.enabled = isReached === reached),
  isReached: (model) => model.state.backgroundUpdates.enabled === reached,
  remove: () => undefined,
  whenGone: { status: 'done', reason: 'Now' },
});

/** A job that the homeserver does in the background. */
const backgroundJob: World = {
  make(model) {
    model.state.backgroundUpdates.current = null;
    return 'regenerate_directory';
  },
  set(model, id, isReached) {
    model.state.backgroundUpdates.current = isReached ? { name: id, total_item_count: 0, total_duration_ms: 0 } : null;
  },
  isReached: (model, id) => model.state.backgroundUpdates.current?.name === id,
  remove: () => undefined,
  whenGone: { status: 'done', reason: 'Now' },
};

const OWN = { messages_per_second: 5, burst_count: 20 };

export const ACTION_WORLDS: Readonly<Record<string, World>> = {
  ...ACCESS_WORLDS,
  ...ROOM_WORLDS,
  ...PROFILE_WORLDS,
  ...REPORT_WORLDS,
  'user.lock': account('locked', true, deactivated),
  'user.unlock': account('locked', false),
  'user.suspend': account('suspended', true, deactivated),
  'user.unsuspend': account('suspended', false),
  'user.shadow-ban': account('shadow_banned', true, deactivated),
  'user.lift-shadow-ban': account('shadow_banned', false),
  'user.make-admin': account('admin', true, deactivated),
  'user.revoke-admin': account('admin', false, oneself),
  'user.deactivate': { ...closing(true, oneself), input: { erase: false } },
  'user.reactivate': closing(false),
  'user.external-ids-remove': externalIds(),
  'user.rate-limit': limit(OWN, null, OWN),
  'user.rate-limit-remove': limit(null, OWN),
  'member.remove': membership,
  'background.pause': updates(false),
  'background.resume': updates(true),
  'background.start': backgroundJob,
  'destination.retry': retrying,
  'token.create': tokenThere(true, { uses_allowed: 3, expires: '' }),
  'token.change': tokenLimits,
  'token.delete': tokenThere(false),
  'user.reset-password': password,
  'media.delete': deletion,
  'media.protect': file(
    (media, on) => (media.safe_from_quarantine = on),
    (media) => media.safe_from_quarantine,
  ),
  'media.unprotect': file(
    (media, on) => (media.safe_from_quarantine = !on),
    (media) => !media.safe_from_quarantine,
  ),
  'media.quarantine': file(
    (media, on) => (media.quarantined_by = on ? '@other:demo.example' : null),
    (media) => media.quarantined_by !== null,
  ),
  'media.unquarantine': file(
    (media, on) => (media.quarantined_by = on ? null : '@other:demo.example'),
    (media) => media.quarantined_by === null,
  ),
};
