import type { Json } from '~/jobs/job';
import { addDevice, addUser } from '~/mocks/build';
import { MockHomeserver } from '~/mocks/homeserver';
import { addCompatSession, adopt, putMasInFront } from '~/mocks/mas/adopt';
import type { MockMas } from '~/mocks/mas/mas';
import type { MasUserRow } from '~/mocks/mas/state';
import type { World } from '~/testing/action-worlds';

/** Worlds of the variants of actions where Matrix Authentication Service keeps the accounts. */

/** A homeserver with MAS in front, whose jobs run as soon as anything else is asked. */
export function withMas(version?: string): MockHomeserver {
  const model = new MockHomeserver({ mas: true });
  const mas = putMasInFront(model, version === undefined ? {} : { version });
  mas.cranksAfterMs = 0;
  return model;
}

export const masOf = (model: MockHomeserver): MockMas => model.masSide as MockMas;

const nameOf = (id: string): string => id.slice(1, id.indexOf(':'));

export function rowOf(model: MockHomeserver, id: string): MasUserRow {
  const row = masOf(model).state.userNamed(nameOf(id));
  if (!row) throw new Error(`MAS has no account of ${id}.`);
  return row;
}

const userOf = (model: MockHomeserver, id: string) => {
  const user = model.state.users.get(id);
  if (!user) throw new Error(`The model has no user ${id}.`);
  return user;
};

/** An account that both know. */
export function addAccount(model: MockHomeserver, given: Parameters<typeof addUser>[1]): string {
  const user = addUser(model, given);
  adopt(masOf(model), user);
  return user.name;
}

const OLD = 'the old password';

function remove(model: MockHomeserver, id: string): void {
  const { state } = masOf(model);
  state.users.delete(rowOf(model, id).id);
  state.idsByName.delete(nameOf(id));
  model.state.users.delete(id);
}

/** Another account has the name by now. */
function madeAnew(model: MockHomeserver, id: string): void {
  const mas = masOf(model);
  const row = rowOf(model, id);
  mas.state.users.delete(row.id);
  mas.state.addUser({ ...row, id: mas.newId() });
}

/** Something that MAS keeps of an account. */
function account(
  set: (row: MasUserRow, isReached: boolean, model: MockHomeserver, id: string) => void,
  isReached: (row: MasUserRow, model: MockHomeserver) => boolean,
  more: Partial<World> = {},
): World {
  return {
    make(model, localpart = 'anna') {
      const id = addAccount(model, { localpart });
      set(rowOf(model, id), false, model, id);
      return id;
    },
    set: (model, id, reached) => set(rowOf(model, id), reached, model, id),
    isReached: (model, id) => isReached(rowOf(model, id), model),
    drift: madeAnew,
    remove,
    ...more,
  };
}

const closed = (model: MockHomeserver) => addAccount(model, { localpart: 'closed', deactivated: true });
const oneself = (model: MockHomeserver) => model.adminId;

const locking = (reached: boolean, refused?: World['refused']): World =>
  account(
    (row, on) => (row.locked_at = on === reached ? 1_700_000_000_000 : null),
    (row) => (row.locked_at !== null) === reached,
    refused && { refused },
  );

const admin = (reached: boolean, refused: World['refused']): World =>
  account(
    (row, on) => (row.admin = on === reached),
    (row) => row.admin === reached,
    refused && { refused },
  );

/** MAS is through with it: Synapse has it, too. */
const closing = (reached: boolean, input?: Json): World =>
  account(
    (row, on, model, id) => {
      row.deactivated_at = on === reached ? 1_700_000_000_000 : null;
      userOf(model, id).deactivated = on === reached;
    },
    (row) => (row.deactivated_at !== null) === reached,
    { ...(input !== undefined && { input, refused: oneself }) },
  );

const password: World = account(
  (row, on) => (row.password = on ? 'another one' : OLD),
  (row) => row.password !== OLD,
  { input: { logout_devices: true }, refused: closed },
);

const personalOf = (model: MockHomeserver, { id }: MasUserRow) =>
  [...masOf(model).state.personalSessions.values()].filter(
    (one) => one.actor_user_id === id && one.revoked_at === null,
  );

function addPersonal(model: MockHomeserver, row: MasUserRow): void {
  const mas = masOf(model);
  const id = mas.newId();
  mas.state.personalSessions.set(id, {
    id,
    created_at: mas.now(),
    revoked_at: null,
    owner_user_id: rowOf(model, model.adminId).id,
    owner_client_id: null,
    actor_user_id: row.id,
    human_name: `Glia: ${model.adminId}`,
    scopes: ['urn:matrix:client:api:*'],
    last_active_at: null,
    last_active_ip: null,
    expires_at: null,
  });
}

/** A user as whom somebody is signed in, or not. */
const signIn = (reached: boolean): World =>
  account(
    (row, on, model) => {
      for (const one of personalOf(model, row)) one.revoked_at = 1_700_000_000_000;
      if (on === reached) addPersonal(model, row);
    },
    (row, model) => personalOf(model, row).length > 0 === reached,
    reached ? { input: { minutes: 15 }, refused: closed } : { secret: () => 'mpt_shown-once' },
  );

const activeOf = (model: MockHomeserver, { id }: MasUserRow) =>
  [...masOf(model).state.compatSessions.values()].filter((one) => one.user_id === id && one.finished_at === null);

const DAY_MS = 86_400_000;

const addOld = (model: MockHomeserver, row: MasUserRow) =>
  addCompatSession(masOf(model), row, { device_id: 'OLD', last_seen_ts: model.now() - 90 * DAY_MS });

/** A user of whose two sessions the older one goes, or is gone. */
const oldSessions: World = {
  make(model, localpart = 'anna') {
    const id = addAccount(model, { localpart });
    const row = rowOf(model, id);
    addOld(model, row);
    addCompatSession(masOf(model), row, { device_id: 'NEW', last_seen_ts: model.now() });
    return id;
  },
  set(model, id, isReached) {
    const old = activeOf(model, rowOf(model, id)).find(({ device_id }) => device_id === 'OLD');
    if (old && isReached) old.finished_at = model.now();
    if (!old && !isReached) addOld(model, rowOf(model, id));
  },
  isReached: (model, id) => activeOf(model, rowOf(model, id)).every(({ device_id }) => device_id !== 'OLD'),
  drift: (model, id) => addCompatSession(masOf(model), rowOf(model, id), { device_id: 'THIRD' }),
  remove,
  input: { days: 0, keep: 1 },
  refused: oneself,
};

const partsOf = (id: string): [name: string, device: string] => id.split(' ') as [string, string];

/** The device of a session that goes, or is gone. */
const session: World = {
  make(model, localpart = 'anna') {
    const user = addUser(model, { localpart });
    addDevice(model, user);
    const { device_id } = addDevice(model, user);
    adopt(masOf(model), user);
    return `${user.name} ${device_id}`;
  },
  set(model, id, isReached) {
    const [name, device] = partsOf(id);
    if (isReached) this.remove(model, id);
    else if (this.isReached(model, id)) {
      addDevice(model, userOf(model, name), { device_id: device });
      addCompatSession(masOf(model), rowOf(model, name), { device_id: device });
    }
  },
  isReached: (model, id) => {
    const [name, device] = partsOf(id);
    masOf(model).crank();
    return !userOf(model, name).devices.some(({ device_id }) => device_id === device);
  },
  remove(model, id) {
    const [name, device] = partsOf(id);
    for (const one of activeOf(model, rowOf(model, name))) if (one.device_id === device) one.finished_at = model.now();
    const user = userOf(model, name);
    user.devices = user.devices.filter(({ device_id }) => device_id !== device);
  },
};

const phone = (address: string) => ({ medium: 'msisdn' as const, address, validated_at: 1, added_at: 1 });

/** Its phone numbers on Synapse; the email address is MAS’s, and stays. */
const phones = (before: readonly string[], after: readonly string[], input: Json): World => {
  const set: World['set'] = (model, id, isReached) => {
    const user = userOf(model, id);
    user.threepids = [
      { medium: 'email', address: `${nameOf(id)}@x.example`, validated_at: 1, added_at: 1 },
      ...(isReached ? after : before).map(phone),
    ];
  };
  return {
    make(model, localpart = 'anna') {
      const id = addAccount(model, { localpart });
      set(model, id, false);
      return id;
    },
    set,
    isReached: (model, id) =>
      userOf(model, id).threepids.some(({ medium }) => medium === 'email') &&
      String(
        userOf(model, id)
          .threepids.filter(({ medium }) => medium === 'msisdn')
          .map(({ address }) => address)
          .toSorted(),
      ) === String(after.toSorted()),
    drift: (model, id) => void userOf(model, id).threepids.push(phone('447700900999')),
    remove,
    input,
  };
};

export const MAS_WORLDS: Readonly<Record<string, World>> = {
  'user.lock': locking(true, closed),
  'user.unlock': locking(false),
  'user.make-admin': admin(true, closed),
  'user.revoke-admin': admin(false, oneself),
  'user.deactivate': closing(true, { erase: false }),
  'user.reactivate': closing(false),
  'user.reset-password': password,
  'user.login-as': signIn(true),
  'user.end-login-as': signIn(false),
  'user.end-sessions': oldSessions,
  'device.end': session,
  'user.threepids-add': phones(['447700900001'], ['447700900001', '447700900002'], {
    medium: 'msisdn',
    address: '447700900002',
  }),
  'user.threepids': phones(['447700900001'], ['447700900003'], {
    threepids: [{ medium: 'msisdn', address: '447700900003' }],
  }),
  'user.threepids-remove': phones(['447700900001'], [], { what: '447700900001' }),
};
