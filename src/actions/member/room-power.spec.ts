import { describe, expect, it } from 'vitest';
import type { StateEvent } from '~/api/rooms';
import { mayInvite } from './room-power';

const ME = '@me:example.org';
const event = (type: string, sender: string, content: StateEvent['content']): StateEvent => ({
  type,
  sender,
  content,
  state_key: '',
});
const create = (content: StateEvent['content'] = {}, sender = '@founder:example.org') =>
  event('m.room.create', sender, content);
const levels = (content: StateEvent['content']) => event('m.room.power_levels', '@founder:example.org', content);

describe('who may invite', () => {
  it.each([
    ['enough of their own', { users: { [ME]: 50 }, invite: 50 }, true],
    ['not enough', { users: { [ME]: 49 }, invite: 50 }, false],
    ['enough as everybody has it', { users_default: 50, invite: 50 }, true],
    ['less than everybody, by name', { users: { [ME]: 0 }, users_default: 50, invite: 50 }, false],
    ['none, where inviting needs none', {}, true],
    ['levels as text, as old rooms have them', { users: { [ME]: '50' }, invite: '50' }, true],
    ['levels as text, too few', { users: { [ME]: '49' }, invite: '50' }, false],
  ])('by levels: %s', (_, content, expected) => {
    expect(mayInvite(ME, [create(), levels(content)], '10')).toBe(expected);
  });

  it('everybody, in a room without levels', () => {
    expect(mayInvite(ME, [create()], '10')).toBe(true);
  });

  it.each([
    ['12', true],
    ['13', true],
    ['11', false],
    [null, false],
  ])('who made a room of version %s stands above its levels: %s', (version, expected) => {
    expect(mayInvite(ME, [create({}, ME), levels({ users: {}, invite: 50 })], version)).toBe(expected);
  });

  it('further creators stand above the levels too, from version 12 on', () => {
    const state = [create({ additional_creators: [ME] }), levels({ users: {}, invite: 50 })];
    expect(mayInvite(ME, state, '12')).toBe(true);
    expect(mayInvite(ME, state, '11')).toBe(false);
  });
});
