import { expect, it } from 'vitest';
import { pathOfThing, paths, thingAt } from './paths';

it('knows whose page a path is, and that pages beside those of users are nobody’s', () => {
  const anna = { kind: 'user', id: '@anna/x:example.org' } as const;
  expect(thingAt(pathOfThing(anna))).toEqual(anna);
  for (const path of [paths.createUser(), paths.importUsers(), paths.scanUsers(), paths.users()]) {
    expect([path, thingAt(path)]).toEqual([path, null]);
  }
});
