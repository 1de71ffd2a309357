import { expect, it } from 'vitest';
import { paths } from '~/lib/paths';
import { leavesWizard } from './leaves';

it('the other step of the same wizard does not leave it', () => {
  expect(leavesWizard(paths.joinRooms('review'), paths.joinRooms('choose'))).toBe(false);
  expect(leavesWizard(paths.joinRooms('review'), paths.users())).toBe(true);
  expect(leavesWizard(paths.spamWave('review'), paths.spamWave('choose'))).toBe(false);
  expect(leavesWizard(paths.spamWave('review'), paths.bridge())).toBe(true);
});

it('another page of the job that is undone leaves it, and so does another undo', () => {
  expect(leavesWizard(paths.undoJob('a'), paths.undoJob('a'))).toBe(false);
  expect(leavesWizard(paths.undoJob('a'), paths.job('a'))).toBe(true);
  expect(leavesWizard(paths.undoJob('a'), paths.undoJob('b'))).toBe(true);
  expect(leavesWizard(paths.undoJob('a'), paths.jobs())).toBe(true);
});
