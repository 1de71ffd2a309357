import { expect, it } from 'vitest';
import { pageForAll, pathOfThing, paths, thingAt } from './paths';

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

it('leads to the same page for another account where that is of no particular thing, else to the overview', () => {
  expect(pageForAll('/users?q=anna')).toBe('/users');
  expect(pageForAll(paths.jobs())).toBe('/jobs');
  for (const path of [paths.user('@anna:x'), paths.job('j1'), paths.joinRooms('review'), paths.createUser(), '', '/']) {
    expect(pageForAll(path)).toBe('/');
  }
});
