import { expect, it } from 'vitest';
import { allActions } from '~/actions/all';
import { keepPromises } from '~/testing/promises';
import { withMas } from '~/testing/worlds/mas';
import { MAS_ONLY_WORLDS } from '~/testing/worlds/mas-only';

const ofMas = allActions.filter(({ at }) => at === 'mas');

it('tries out every action on what only MAS has: each has a world, and no world is left over', () => {
  expect(Object.keys(MAS_ONLY_WORLDS).toSorted()).toEqual(ofMas.map(({ kind }) => kind).toSorted());
});

keepPromises({
  actions: ofMas,
  worlds: MAS_ONLY_WORLDS,
  make: () => withMas(),
  refusal: /MAS refused: Internal server error/,
});
