import { MockHomeserver } from '~/mocks/homeserver';
import { ACTION_WORLDS } from '~/testing/action-worlds';
import { keepPromises } from '~/testing/promises';
import { allActions } from './all';

keepPromises({
  // What only MAS has is tried out there.
  actions: allActions.filter(({ at }) => at !== 'mas'),
  worlds: ACTION_WORLDS,
  make: () => new MockHomeserver(),
  refusal: /M_FORBIDDEN/,
});
