import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import type { User } from '~/mocks/state';
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

const NAME = 'Anna "the admin" $(id) Ämil';
const PICTURE = 'mxc://demo.example/AbCdEf';

export const PROFILE_WORLDS: Readonly<Record<string, World>> = {
  'user.display-name': field('displayname', 'Anna', NAME, { displayname: NAME }),
  'user.display-name-remove': field('displayname', 'Anna', null),
  'user.avatar': field('avatar_url', null, PICTURE, { avatar_url: PICTURE }),
  'user.avatar-remove': field('avatar_url', PICTURE, null),
  'user.type': field('user_type', null, 'bot', { user_type: 'bot' }),
};
