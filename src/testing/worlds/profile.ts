import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { ExternalId, Threepid, User } from '~/mocks/state';
import type { Json } from '~/jobs/job';
import type { World } from '~/testing/action-worlds';

/** Where the actions on the profile of an account are tried out. */

const userOf = (model: MockHomeserver, id: string): User => {
  const user = model.state.users.get(id);
  if (!user) throw new Error(`The model has no user ${id}.`);
  return user;
};

type Field = 'displayname' | 'avatar_url' | 'user_type';

/** One field of the account that is a text, or nothing. */
function field(name: Field, before: string | null, after: string | null, input?: Json): World {
  return {
    make: (model, localpart = 'anna') => addUser(model, { localpart, [name]: before }).name,
    set(model, id, isReached) {
      userOf(model, id)[name] = isReached ? after : before;
    },
    isReached: (model, id) => userOf(model, id)[name] === after,
    drift(model, id) {
      userOf(model, id)[name] = 'mxc://demo.example/another';
    },
    remove: (model, id) => void model.state.users.delete(id),
    ...(input !== undefined && { input }),
  };
}

const email = (address: string): Threepid => ({ medium: 'email', address, validated_at: 1, added_at: 2 });

const localpartOf = (id: string) => id.slice(1, id.indexOf(':'));

const ofThis = (id: string, list: readonly string[]) => list.map((one) => one.replace('{}', localpartOf(id)));

/** Its email addresses; `{}` in one is the name of the account. */
function emails(before: readonly string[], after: readonly string[], input: Json): World {
  function set(model: MockHomeserver, id: string, isReached: boolean): void {
    // In another order than before: the homeserver promises none.
    userOf(model, id).threepids = ofThis(id, isReached ? after : before)
      .toReversed()
      .map(email);
  }
  return {
    make(model, localpart = 'anna') {
      const { name } = addUser(model, { localpart });
      set(model, name, false);
      return name;
    },
    set,
    isReached(model, id) {
      const found = userOf(model, id).threepids.map(({ address }) => address);
      return JSON.stringify(found.toSorted()) === JSON.stringify(ofThis(id, after).toSorted());
    },
    drift: (model, id) => void userOf(model, id).threepids.push(email('drift@x.example')),
    remove: (model, id) => void model.state.users.delete(id),
    input,
  };
}

const ofGoogle = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const ofCompany = (external_id: string) => ({ auth_provider: 'oidc-company', external_id });

const asTexts = (ids: readonly ExternalId[]) => ids.map((one) => JSON.stringify(one)).toSorted();

/** Its external IDs; each account has others, unless they are entered. */
function externalIds(before: (id: string) => ExternalId[], after: (id: string) => ExternalId[], input: Json): World {
  return {
    make(model, localpart = 'anna') {
      const user = addUser(model, { localpart });
      user.external_ids = before(user.name);
      return user.name;
    },
    set(model, id, isReached) {
      userOf(model, id).external_ids = (isReached ? after(id) : before(id)).toReversed();
    },
    isReached: (model, id) => String(asTexts(userOf(model, id).external_ids)) === String(asTexts(after(id))),
    drift: (model, id) => void userOf(model, id).external_ids.push({ auth_provider: 'saml', external_id: 'new' }),
    remove: (model, id) => void model.state.users.delete(id),
    input,
  };
}

/** A switch of an account that no look shows, or one of several. */
function ofUser(
  change: (user: User, isReached: boolean) => void,
  isReached: (user: User) => boolean,
  more: Partial<World> = {},
): World {
  return {
    make(model, localpart = 'anna') {
      const user = addUser(model, { localpart, has_master_key: true });
      change(user, false);
      return user.name;
    },
    set: (model, id, reached) => change(userOf(model, id), reached),
    isReached: (model, id) => isReached(userOf(model, id)),
    drift(model, id) {
      userOf(model, id).creation_ts += 60;
    },
    remove: (model, id) => void model.state.users.delete(id),
    ...more,
  };
}

const MAY = Date.UTC(2030, 4, 1);
const deactivated = (model: MockHomeserver) => addUser(model, { localpart: 'closed', deactivated: true }).name;

const NAME = 'Anna "the admin" $(id) Ämil';
const PICTURE = 'mxc://demo.example/AbCdEf';

export const PROFILE_WORLDS: Readonly<Record<string, World>> = {
  'user.display-name': field('displayname', 'Anna', NAME, { displayname: NAME }),
  'user.display-name-remove': field('displayname', 'Anna', null),
  'user.avatar': field('avatar_url', null, PICTURE, { avatar_url: PICTURE }),
  'user.avatar-remove': field('avatar_url', PICTURE, null),
  'user.threepids-add': emails(['old@x.example'], ['old@x.example', 'new@x.example'], {
    medium: 'email',
    address: 'new@x.example',
  }),
  'user.threepids': emails(['old@x.example'], ['new@x.example', 'other@x.example'], {
    threepids: ['other@x.example', 'new@x.example'].map((address) => ({ medium: 'email', address })),
  }),
  'user.threepids-remove': emails(['{}@old.example', '{}2@old.example'], [], { what: 'old.example' }),
  'user.external-ids-add': externalIds(
    () => [ofGoogle('1')],
    () => [ofGoogle('1'), ofGoogle('2/ä #?')],
    ofGoogle('2/ä #?'),
  ),
  'user.external-ids': externalIds(
    () => [ofGoogle('1'), ofGoogle('2')],
    () => [ofGoogle('2'), ofCompany('3: c')],
    { external_ids: [ofCompany('3: c'), ofGoogle('2')] },
  ),
  'user.external-ids-rename': externalIds(
    (id) => [ofGoogle(`${id}/ä #?`)],
    (id) => [ofCompany(`${id}/ä #?`)],
    { from: 'oidc-google', to: 'oidc-company' },
  ),
  'user.features': ofUser(
    (user, isReached) => (user.experimental_features = { msc4222: true, msc3881: isReached }),
    (user) => user.experimental_features['msc3881'] === true,
    {
      drift(model, id) {
        userOf(model, id).experimental_features = { msc3881: false };
      },
      input: { feature: 'msc3881', isOn: true },
    },
  ),
  'user.validity': ofUser(
    (user, isReached) => (user.expiration_ts = isReached ? MAY : null),
    (user) => user.expiration_ts === MAY,
    { input: { expiration_ts: MAY, enable_renewal_emails: false }, refused: deactivated },
  ),
  'user.allow-key-replacement': ofUser(
    (user, isReached) => (user.keys_updatable_ts = isReached ? MAY : null),
    (user) => user.keys_updatable_ts !== null,
    { refused: deactivated },
  ),
  'user.type': field('user_type', null, 'bot', { user_type: 'bot' }),
};
