import { describe, expect, it } from 'vitest';
import { eventIdIn } from './event-id';

describe('the ID of an event that was pasted', () => {
  it.each([
    ['$abc-_1:demo.example', '$abc-_1:demo.example'],
    [' $a/b+c ', '$a/b+c'],
    ['https://matrix.to/#/!room:demo.example/$event?via=demo.example', '$event'],
    ['https://matrix.to/#/%21room%3Ademo.example/%24a%2Fb', '$a/b'],
    ['https://app.element.io/#/room/#team:demo.example/$event', '$event'],
  ])('%s is %s', (pasted, id) => {
    expect(eventIdIn(pasted)).toBe(id);
  });

  it.each(['', '$', '$5 and $6', '@anna:demo.example', 'https://matrix.to/#/!room', 'https://x/#/!r/%24%zz'])(
    '“%s” names none',
    (pasted) => {
      expect(eventIdIn(pasted)).toBeNull();
    },
  );
});
