import { afterEach, expect, it } from 'vitest';
import { restrictActions } from '~/actions/restrictions';
import { paths } from '~/lib/paths';
import { whyNotAllowedAt } from './allowed-here';

afterEach(() => restrictActions());

const isHeld = (path: string) => whyNotAllowedAt(path) !== null;

it('keeps the pages whose change is no action from beginning what config.json leaves out', () => {
  restrictActions({ allowed: ['join-rooms', 'playbook.*'], managed: [] });
  expect([paths.joinRooms('review'), paths.spamWave(), paths.bridge('review'), paths.users()].filter(isHeld)).toEqual(
    [],
  );
  const held = [
    paths.createUser(),
    paths.importUsers('review'),
    paths.deleteMedia(),
    paths.externalIds(),
    paths.console(),
  ];
  expect(held.filter(isHeld)).toEqual(held);
});
