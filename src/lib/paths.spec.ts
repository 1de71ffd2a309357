import { expect, it } from 'vitest';
import { pathOfThing, paths, thingAt } from './paths';

it('knows whose page a path is, and that pages beside those of users are nobody’s', () => {
  const anna = { kind: 'user', id: '@anna/x:example.org' } as const;
  expect(thingAt(pathOfThing(anna))).toEqual(anna);
  for (const path of [paths.createUser(), paths.importUsers(), paths.scanUsers(), paths.users()]) {
    expect([path, thingAt(path)]).toEqual([path, null]);
  }
});

it('knows the page of a file, whatever its server and ID are made of', () => {
  const file = { kind: 'media', id: 'mxc://[::1]:8448/a b/ü#?' } as const;
  expect(thingAt(pathOfThing(file))).toEqual(file);
  for (const path of [paths.media(), '/media/example.org', '/users/@anna:example.org/x']) {
    expect([path, thingAt(path)]).toEqual([path, null]);
  }
});
