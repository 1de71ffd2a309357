import { expect, it } from 'vitest';
import { createAgeClock } from './age-clock';

it('counts what both clocks count', () => {
  let [tick, wall] = [500, 1_700_000_000_000];
  const age = createAgeClock(
    () => tick,
    () => wall,
  );
  const began = age();
  tick += 100;
  wall += 100;
  expect(age() - began).toBe(100);
});

it('counts the time that the machine slept, also where it was looked at in between', () => {
  let [tick, wall] = [0, 0];
  const age = createAgeClock(
    () => tick,
    () => wall,
  );
  tick += 50;
  wall += 50;
  age();
  wall += 3_600_000;
  age();
  tick += 50;
  wall += 50;
  expect(age()).toBe(3_600_100);
});

it('never goes back, nor stands still, where the clock on the wall is set back', () => {
  let [tick, wall] = [0, 9_000_000];
  const age = createAgeClock(
    () => tick,
    () => wall,
  );
  wall -= 5_000_000;
  tick += 70;
  expect(age()).toBe(70);
});
