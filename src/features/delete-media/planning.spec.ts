import { beforeEach, expect, it } from 'vitest';
import { addMedia, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { modelForEach } from '~/testing/model-for-each';
import { leavePage, planMade, signInTo } from '~/testing/signed-in';
import { day } from '~/lib/dates';
import { firstChoice, type Choice } from './choice';
import { beginPlanning, withOnly, type LocalPlanned, type Planned } from './planning';
import { mediaScript } from './script';

/** A whole plan, as the wizard makes it: what is chosen, what is read, and what becomes of each file. */

const DAY = 86_400_000;
let model: MockHomeserver;
modelForEach((made) => (model = made));
beforeEach(() => leavePage());

async function planOf(over: Partial<Choice>): Promise<LocalPlanned> {
  const session = signInTo(model);
  const choice = { ...firstChoice(Date.now()), date: day(Date.now()), ...over };
  const planned = await planMade<Planned>((making) => beginPlanning(session, choice, making));
  if (planned.kind !== 'local') throw new Error('no plan of files');
  return planned;
}

const deleted = ({ plan }: LocalPlanned) => new Set(plan.byVerdict.delete.map((index) => plan.files[index]?.id));

/** Uploaded so many days ago and never opened. */
const upload = (owner: string, daysAgo: number) =>
  addMedia(model, { user_id: owner, created_ts: Date.now() - daysAgo * DAY, last_access_ts: null }).media_id;

it('is about all users that match a filter, locked and deactivated ones among them', async () => {
  const anna = addUser(model, { localpart: 'anna', locked: true });
  const annabel = addUser(model, { localpart: 'annabel', deactivated: true });
  const goes = [upload(anna.name, 9), upload(annabel.name, 9)];
  upload(addUser(model, 'ben').name, 9);
  const planned = await planOf({ whose: 'filter', filter: { name: 'ann', onlyAdmins: false } });
  expect(deleted(planned)).toEqual(new Set(goes));
});

it('keeps the newest files of each user, and leaving out others doesn’t change which these are', async () => {
  const { name } = addUser(model, 'anna');
  const [oldest, older] = [upload(name, 9), upload(name, 8), upload(name, 7), upload(name, 6)];
  const planned = await planOf({ newest: '2' });
  expect(deleted(planned)).toEqual(new Set([oldest, older]));
  const files = planned.plan.files.filter(({ id }) => id === oldest);
  expect(deleted(withOnly(planned, files))).toEqual(new Set([oldest]));
  const { serverName, version, adminId: userId } = model;
  const ground = { owner: { baseUrl: 'https://demo.example', userId }, serverName, version };
  for (const language of ['bash', 'python'] as const) {
    const script = [...mediaScript(planned, ground, language)].join('');
    expect(script).toContain('2 newest files');
    expect(script).toContain(oldest);
    expect(script).not.toContain(planned.plan.files.find(({ id }) => id !== oldest && id !== older)?.id);
  }
});
