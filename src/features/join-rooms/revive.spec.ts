import { expect, it } from 'vitest';
import { asKept, describedBy } from '~/testing/engine';
import { foundRoom } from '~/testing/joins';
import type { FoundRoom, RunItem } from './plan';
import { groundOf, revive } from './revive';
import { joinJob } from './run';

const OWNER = { baseUrl: 'https://hs.example', userId: '@admin:hs.example' };

const room = (roomId: string, over: Partial<FoundRoom> = {}) =>
  foundRoom(roomId, { name: 'A room', alias: '#a:hs.example', members: new Set(['@x:hs.example']), ...over });

const spec = () => {
  const one = room('!one');
  const two = room('!two:hs.example', { joinRule: 'invite', name: null, via: ['other.example'], known: false });
  const items: RunItem[] = [
    { kind: 'join', room: one, userId: '@a:hs.example' },
    { kind: 'make-admin', room: two },
    { kind: 'join', room: two, userId: '@a:hs.example' },
    { kind: 'join', room: one, userId: '@b:hs.example' },
  ];
  return joinJob(groundOf(OWNER), items);
};

it('joins that come back from disk are the same joins, in the same lanes', async () => {
  const back = await revive(asKept(spec()));
  expect(describedBy(back)).toEqual(describedBy(spec()));
});

it('each room is kept once, and none of its members', () => {
  const { plan } = asKept(spec());
  expect(JSON.stringify(plan).match(/!one"/g)).toHaveLength(2);
  expect(JSON.stringify(plan)).not.toContain('@x:hs.example');
});

it('a join of a room that is not there is refused', async () => {
  await expect(revive({ ...asKept(spec()), items: [[9, '@a:hs.example']] })).rejects.toThrow(/not there/);
});
