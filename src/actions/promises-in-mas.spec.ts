import { expect, it } from 'vitest';
import { keepPromises } from '~/testing/promises';
import { MAS_WORLDS, withMas } from '~/testing/worlds/mas';
import { allActions } from './all';

const variants = allActions.filter(({ underMas }) => underMas !== undefined);

it('tries out the variant of every action for MAS: each has a world, and no world is left over', () => {
  expect(Object.keys(MAS_WORLDS).toSorted()).toEqual(variants.map(({ kind }) => kind).toSorted());
});

// Phone numbers are Synapse’s.
keepPromises({
  actions: variants,
  worlds: MAS_WORLDS,
  make: () => withMas(),
  refusal: /MAS refused: Internal server error|M_FORBIDDEN/,
});
