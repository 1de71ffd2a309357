import type { Page } from '@playwright/test';
import { addMedia, addRoom, addUser } from '../../src/mocks/build.ts';
import type { MockHomeserver } from '../../src/mocks/homeserver.ts';
import { deletionsSight, joinsSight, removalsSight, seeLedgerIsTheTruth, seeSweepIsTheTruth } from './ledger-truth.ts';
import { planDeletion, planJoins, planRemoval, type ReportItem } from './wizard-runs.ts';

/** A job of each kind, of about forty items, up to its last click. */

export interface PlannedRun {
  /** The last click: from then on it runs. */
  go(): Promise<void>;
  /** Sees that the ledger is the homeserver's state, item by item. */
  see(report: readonly ReportItem[]): void;
  items: number;
  /** How many answered changes lie between two events of a test that has four of them. */
  stride: number;
}

const DAY = 86_400_000;
const crowd = (model: MockHomeserver, count: number) =>
  Array.from({ length: count }, (_, index) => addUser(model, `u${10 + index}`).name);
const oldFile = (model: MockHomeserver, user_id: string, days: number) =>
  addMedia(model, { user_id, created_ts: Date.now() - 1500 * DAY, last_access_ts: Date.now() - days * DAY });

/** Each fills the model, and goes through its wizard up to the last click. */
export const KINDS: Readonly<Record<string, (page: Page, model: MockHomeserver) => Promise<PlannedRun>>> = {
  async joins(page, model) {
    const owner = addUser(model, 'owner').name;
    const users = crowd(model, 13);
    const rooms = ['one', 'two', 'three'].map((alias) =>
      addRoom(model, { alias, creator: owner, join_rules: 'public', members: [owner] }),
    );
    const sight = joinsSight(rooms, users);
    const go = await planJoins(
      page,
      rooms.map(({ room_id }) => room_id),
      users,
    );
    return { go, items: sight.ids.length, stride: 7, see: (report) => seeLedgerIsTheTruth(model, sight, report) };
  },
  async deletions(page, model) {
    const users = crowd(model, 3);
    const files = Array.from({ length: 40 }, (_, index) => oldFile(model, users[index % 3] ?? '', 500 + index));
    const sight = deletionsSight(model, files);
    const go = await planDeletion(page, 40, 'exact');
    return { go, items: sight.ids.length, stride: 7, see: (report) => seeLedgerIsTheTruth(model, sight, report) };
  },
  async removals(page, model) {
    for (let index = 0; index < 40; index += 1) {
      addUser(model, {
        localpart: `u${10 + index}`,
        external_ids: [{ auth_provider: 'gone', external_id: `${index}` }],
      });
    }
    const sight = removalsSight(model, 'gone');
    const go = await planRemoval(page, 'gone', 40);
    return { go, items: sight.ids.length, stride: 7, see: (report) => seeLedgerIsTheTruth(model, sight, report) };
  },
  async 'a sweep'(page, model) {
    const users = crowd(model, 2);
    const files = Array.from({ length: 24 }, (_, index) =>
      oldFile(model, users[index % 2] ?? '', 1400 - 30.44 * index),
    );
    const go = await planDeletion(page, 24, 'sweep');
    return { go, items: files.length, stride: 4, see: (report) => seeSweepIsTheTruth(model, files, report) };
  },
};
