import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';

/** As a page that is opened anew reads it. */
async function openedAnew() {
  vi.resetModules();
  return import('./kept-keys');
}

it('letters that were switched off stay off in the next visit, until they are switched on', async () => {
  const first = await openedAnew();
  await first.loadKeys();
  expect(first.keysAreOn.get()).toBe(true);
  await first.switchKeys(false);
  const second = await openedAnew();
  await second.loadKeys();
  expect(second.keysAreOn.get()).toBe(false);
  await second.switchKeys(true);
  const third = await openedAnew();
  await third.loadKeys();
  expect(third.keysAreOn.get()).toBe(true);
});

it('what was chosen while it was read from disk holds', async () => {
  await (await openedAnew()).switchKeys(true);
  const page = await openedAnew();
  const reading = page.loadKeys();
  await page.switchKeys(false);
  await reading;
  expect(page.keysAreOn.get()).toBe(false);
});
