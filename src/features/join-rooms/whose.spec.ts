import { describe, expect, it } from 'vitest';
import type { MemberEvent } from '~/api/membership';
import { joinOf } from './whose';

const event = (age: number | undefined, unsigned: MemberEvent['unsigned'] = {}, more: Partial<MemberEvent> = {}) =>
  ({
    type: 'm.room.member',
    state_key: '@anna:example.org',
    sender: '@anna:example.org',
    content: { membership: 'join' },
    origin_server_ts: 7,
    event_id: '$join',
    unsigned: { ...unsigned, ...(age !== undefined && { age }) },
    ...more,
  }) satisfies MemberEvent;

/** Sent at 1000, answered 200 ms later, and read 100 ms after that. */
const MOMENTS = { sentAt: 1000, answeredAt: 1200, readAt: 1300 };

describe('a join is this request’s', () => {
  it('where its event is newer than the request', () => {
    expect(joinOf([event(150)], MOMENTS)?.event_id).toBe('$join');
  });

  it.each([
    ['there is no event', []],
    ['it is 17 seconds old', [event(17_000)]],
    ['it is a little older than the request', [event(400)]],
    ['its age is not told', [event(undefined)]],
    ['it only changed a name', [event(150, { replaces_state: '$old', prev_content: { membership: 'join' } })]],
    ['what it took the place of is not told', [event(150, { replaces_state: '$old' })]],
    ['it is not a join', [event(150, {}, { content: { membership: 'leave' } })]],
    ['they came twice', [event(180), event(150)]],
  ])('not where %s', (_, events) => {
    expect(joinOf(events, MOMENTS)).toBeNull();
  });

  it('and not where the answer came long after it: the request may have waited somewhere', () => {
    const held = { sentAt: 1000, answeredAt: 61_000, readAt: 61_100 };
    expect(joinOf([event(30_000)], held)).toBeNull();
    expect(joinOf([event(2000)], held)).not.toBeNull();
  });

  it('also where they had been invited, or had left before', () => {
    for (const membership of ['invite', 'leave', 'knock']) {
      const earlier = { replaces_state: '$old', prev_content: { membership } };
      expect(joinOf([event(150, earlier)], MOMENTS)).not.toBeNull();
    }
  });
});
