import { MockHomeserver } from '~/mocks/homeserver';
import { ACTION_WORLDS } from '~/testing/action-worlds';
import { keepPromises } from '~/testing/promises';
import { allActions } from './all';

keepPromises({
  actions: allActions,
  worlds: ACTION_WORLDS,
  make: () => new MockHomeserver(),
  refusal: /M_FORBIDDEN/,
});
