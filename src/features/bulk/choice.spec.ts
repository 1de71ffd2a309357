import * as z from 'zod/mini';
import { expect, it } from 'vitest';
import { block } from '~/actions/room/block';
import { deactivate } from '~/actions/user/deactivate';
import { setRateLimit } from '~/actions/user/rate-limit';
import type { Handover } from '~/data/handover';
import { parseUserIds } from '~/lib/mxid';
import { readMxcs } from '~/lib/read-mxcs';
import { parseRoomRefs } from '~/lib/room-refs';
import { handedChoice, handedPlan, handoverOf, targetsOf, type Choice } from './choice';
import type { Json } from '~/jobs/job';
import { inWords } from '~/testing/in-words';
import { keptChoice } from './kept-choice';

const CHOICE: Choice = {
  from: 'handed',
  handed: null,
  files: null,
  rooms: null,
  things: null,
  text: '',
  values: { secret: 'x' },
};
const files = { ids: ['mxc://hs.example/one'], userId: '@anna:hs.example' };

it('keeps over a reload what was handed over, and nothing that was entered', () => {
  const handed = { ids: ['@anna:hs.example'] };
  expect(z.parse(keptChoice, { ...CHOICE, handed, files })).toEqual({
    from: 'handed',
    handed,
    files,
    rooms: null,
    things: null,
    text: '',
  });
});

const targets = (entity: 'user' | 'media' | 'room', choice: Partial<Choice>) => {
  const { text, ...rest } = { ...CHOICE, ...choice };
  const named = {
    users: parseUserIds(text, 'hs.example', 'never'),
    rooms: parseRoomRefs(text),
    files: readMxcs(text),
  };
  return targetsOf({ entity }, { text, ...rest }, named, 'hs.example');
};

const handed = (entity: 'user' | 'media' | 'room', choice: Partial<Choice>) =>
  handoverOf({ entity }, { ...CHOICE, ...choice }, targets(entity, choice));

it('takes what is named where nothing was handed over', () => {
  expect(targets('media', { files })).toEqual(files);
  expect(targets('media', { text: 'mxc://hs.example/two' })).toEqual({ ids: ['mxc://hs.example/two'] });
  expect(targets('user', { text: '@b:hs.example' })).toEqual({ ids: ['@b:hs.example'] });
  expect(inWords(targets('user', {}))).toEqual({ problem: 'Enter the users first.' });
});

it('changes nobody whose ID is not written out, and nobody of another homeserver', () => {
  expect(inWords(targets('user', { text: '@b:hs.example\nanna' }))).toEqual({
    problem: expect.stringContaining('Complete the names'),
  });
  expect(targets('user', { text: '@b:hs.example\n@c:other.example' })).toEqual({ ids: ['@b:hs.example'] });
});

it('begins a new plan for what a job left with what was entered for that job', () => {
  const users = { ids: ['@a:hs.example'], from: 'job' as const };
  const limits = { messages_per_second: 3, burst_count: 7 };
  expect(handedChoice(setRateLimit, { users, input: limits })).toMatchObject({ handed: users, values: limits });
  expect(handedChoice(deactivate, { users, input: { erase: true } })?.values).toEqual({ erase: true });
});

const plan = (handover: Handover) => handedPlan(setRateLimit, handover, handedChoice(setRateLimit, handover) ?? {});

it('plans at once what was entered in full elsewhere, and nothing else', () => {
  const users = { ids: ['@a:hs.example'], from: 'notice' as const };
  const limits = { messages_per_second: 3, burst_count: 7 };
  expect(plan({ users, input: limits, isComplete: true })).toEqual({ targets: users, input: limits });
  expect(plan({ users, input: limits })).toBeNull();
  // The fields can't show it: a person looks at them first.
  expect(plan({ users, input: { messages_per_second: 'x' }, isComplete: true })).toBeNull();
});

it('hands the same users, files or rooms over to the change that can be undone', () => {
  const filter = { filter: { admins: true }, total: 3 };
  expect(handed('media', { files })).toEqual({ media: files });
  expect(handed('user', { handed: filter })).toEqual({ users: filter });
  expect(handed('user', { text: '@b:hs.example' })).toEqual({ users: { ids: ['@b:hs.example'] } });
  expect(handed('room', { rooms: { ids: ['!a:hs.example'] } })).toEqual({ rooms: { ids: ['!a:hs.example'] } });
  // Whose files they are is not known.
  expect(handed('media', { text: 'mxc://hs.example/two' })).toEqual({});
  expect(handed('user', {})).toEqual({});
});

it('begins as always where nothing was entered before, or nothing that the fields can show', () => {
  const users = { ids: ['@a:hs.example'] };
  const { initial } = setRateLimit.form ?? {};
  const others: readonly Json[] = [null, {}, { messages_per_second: -3, burst_count: 1 }, { erase: true }];
  for (const input of others) {
    expect(handedChoice(setRateLimit, { users, input })?.values).toEqual(initial);
  }
  expect(handedChoice(setRateLimit, { users })?.values).toEqual(initial);
  expect(handedChoice(setRateLimit, { input: { messages_per_second: 3, burst_count: 7 } })).toBeNull();
});

it('takes rooms that a list selected, by their IDs or by its filter, and otherwise those that are named', () => {
  const matching = { filter: { empty_rooms: true }, total: 7 };
  expect(targets('room', { rooms: { ids: ['!a:hs.example'] } })).toEqual({ rooms: { refs: ['!a:hs.example'] } });
  expect(targets('room', { rooms: matching })).toEqual({ rooms: matching });
  const named = { rooms: matching, from: 'named', text: '#b:hs.example, !c:hs.example nonsense' } as const;
  expect(targets('room', named)).toEqual({ rooms: { refs: ['#b:hs.example', '!c:hs.example'] } });
  expect(inWords(targets('room', {}))).toEqual({ problem: 'Enter the rooms first.' });
  expect(handedChoice(block, { rooms: matching })).toMatchObject({ rooms: matching, from: 'handed' });
});
