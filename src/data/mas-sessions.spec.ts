import { beforeEach, describe, expect, it } from 'vitest';
import { addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { addCompatSession, adopt } from '~/mocks/mas/adopt';
import { modelForEach } from '~/testing/model-for-each';
import { masOf, rowOf, withMas } from '~/testing/worlds/mas';
import { masSessions, USUAL_MAS_SESSIONS, type MasSessionFilter } from './mas-sessions';
import type { Session } from './session';

let model: MockHomeserver;
let session: Session;
modelForEach(
  (made, signedIn) => {
    model = made;
    session = signedIn;
  },
  false,
  () => withMas(),
);

const DAY_MS = 86_400_000;
const COMPAT: MasSessionFilter = { ...USUAL_MAS_SESSIONS, kind: 'compat' };
const { signal } = new AbortController();
const read = (filter: MasSessionFilter, before: string | null = null) =>
  masSessions.page(session, filter, { before, withClients: false, signal });
const day = (daysAgo: number) => new Date(model.now() - daysAgo * DAY_MS).toISOString().slice(0, 10);

/** One session a day, the newest last. */
function addSessions(localpart: string, count: number): string {
  const user = addUser(model, { localpart });
  adopt(masOf(model), user, false);
  for (let index = count - 1; index >= 0; index -= 1) {
    addCompatSession(masOf(model), rowOf(model, user.name), {
      device_id: `${localpart}-${index}`,
      last_seen_ts: model.now() - index * DAY_MS,
    });
  }
  return user.name;
}

describe('sessions of MAS', () => {
  let anna: string;
  beforeEach(() => {
    anna = addSessions('anna', 60);
  });

  it('are shown the newest first, and older ones follow without a gap or a double', async () => {
    const first = await read({ ...COMPAT, user: anna });
    expect([first.rows[0]?.device, first.rows.at(-1)?.device, first.total]).toEqual(['anna-0', 'anna-49', 60]);
    const second = await read({ ...COMPAT, user: anna }, first.older);
    expect(second.rows.map(({ device }) => device)).toEqual(
      Array.from({ length: 10 }, (_, index) => `anna-${index + 50}`),
    );
    expect(second.older).toBeNull();
  });

  it('name their user, whatever part of the ID was searched for', async () => {
    const { rows } = await read({ ...COMPAT, user: 'anna' });
    expect(new Set(rows.map(({ userId }) => userId))).toEqual(new Set([anna]));
  });

  it('of all that match, each is found once, whoever has them', async () => {
    addSessions('bert', 3);
    const names = await masSessions.all(session, { ...COMPAT, active_to: day(58) }, signal);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => name.startsWith(`${anna} compat `))).toBe(true);
  });

  it('an older MAS that ignores the filters by date ends none that is still used', async () => {
    masOf(model).version = '1.4.0';
    const names = await masSessions.all(session, { ...COMPAT, user: anna, active_to: day(30) }, signal);
    expect(names.length).toBeGreaterThan(25);
    expect(names.length).toBeLessThan(32);
    const { rows } = await read({ ...COMPAT, user: anna, active_to: day(30) });
    expect(rows.every(({ lastActive }) => (lastActive ?? 0) < model.now() - 28 * DAY_MS)).toBe(true);
  });
});
