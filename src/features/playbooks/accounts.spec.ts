import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SpamInput } from '~/actions/playbook/spam-wave';
import type { Session } from '~/data/session';
import { addMedia, addUser } from '~/mocks/build';
import type { MockHomeserver } from '~/mocks/homeserver';
import { english } from '~/lib/english';
import { modelForEach, reaching } from '~/testing/model-for-each';
import { planMade, signInTo } from '~/testing/signed-in';
import { addWriting } from '~/testing/worlds/access';
import { addAccount, rowOf, withMas } from '~/testing/worlds/mas';
import { NO_FILTER, planAccounts, saysSomething, type AccountFilter, type Accounts } from './accounts';

let model: MockHomeserver;
let session: Session;
modelForEach((made, signedIn) => {
  model = made;
  session = signedIn;
});

const INPUT: SpamInput = { lock: true, redact: true, reason: '', media: 'delete', deactivate: true, erase: false };
const planOf = (accounts: Accounts) =>
  planMade<{
    rows: readonly { id: string; verdict: string; reason: Parameters<typeof english>[0] }[];
    notes: readonly Parameters<typeof english>[0][];
  }>((making) => planAccounts(accounts, INPUT, session, making));
const day = (text: string) => Date.parse(`${text}T12:00:00`) / 1000;
const chosen = async (filter: Partial<AccountFilter>) =>
  (await planOf({ filter: { ...NO_FILTER, ...filter } })).rows.map(({ id }) => id);

describe('accounts of a spam wave', () => {
  it('are left out with the reason where they are yours, an admin’s, a bot’s or of an application service', async () => {
    const ids = [
      model.adminId,
      addUser(model, { localpart: 'boss', admin: true }).name,
      addUser(model, { localpart: 'helper', user_type: 'bot' }).name,
      addUser(model, { localpart: '_irc_1', appservice_id: 'irc' }).name,
      `@nobody:${model.serverName}`,
      addUser(model, 'spam').name,
    ];
    const { rows } = await planOf({ ids });
    expect(rows.map(({ verdict, reason }) => `${verdict} ${english(reason)}`)).toEqual([
      'cannot This is your own account.',
      'cannot A server admin.',
      'cannot A bot: the type of the account says so.',
      expect.stringMatching(/^cannot It belongs to the application service .*irc/),
      'cannot There is no such account on this homeserver.',
      'will ',
    ]);
  });

  it('come with the rooms they are or were in, and their files', async () => {
    const { name } = addUser(model, 'spam');
    addWriting(model, name);
    addMedia(model, { user_id: name, media_length: 5 });
    const plan = await planOf({ ids: [name] });
    expect(plan.rows).toMatchObject([{ rooms: 1, files: 1, bytes: 5 }]);
  });

  it('match all that is entered: when they were created, their name, address and e-mail domain, reports', async () => {
    const { name: old } = addUser(model, { localpart: 'spam.old', creation_ts: day('2026-01-01') });
    const { name } = addUser(model, {
      localpart: 'spam.new',
      creation_ts: day('2026-03-01'),
      threepids: [{ medium: 'email', address: 'a@Bad.example', validated_at: 0, added_at: 0 }],
    });
    expect(await chosen({ name: 'spam' })).toEqual([name, old]);
    expect(await chosen({ name: 'spam', after: '2026-02-28', before: '2026-03-01' })).toEqual([name]);
    expect(await chosen({ name: 'spam', domain: 'bad.example' })).toEqual([name]);
    expect(await chosen({ name: 'spam', ip: '192.0.2.1' })).toEqual([]);
    expect(await chosen({ name: 'spam', onlyReported: true })).toEqual([]);
  });

  describe('under MAS', () => {
    let mas: MockHomeserver;
    beforeEach(() => {
      mas = withMas();
      vi.stubGlobal('fetch', reaching(mas));
    });

    it('are left out where MAS gives them admin rights, whatever Synapse says', async () => {
      session = signInTo(mas);
      const boss = addAccount(mas, 'boss');
      rowOf(mas, boss).admin = true;
      const { name: ghost } = addUser(mas, 'not.in.mas');
      const { rows, notes } = await planOf({ ids: [boss, addAccount(mas, 'spam'), ghost] });
      expect(rows.map(({ id, verdict, reason }) => `${id} ${verdict} ${english(reason)}`)).toEqual([
        `${boss} cannot MAS gives this account admin rights when it signs in and asks for them.`,
        expect.stringContaining('@spam'),
        expect.stringContaining(ghost),
      ]);
      expect(rows.slice(1).map(({ verdict }) => verdict)).toEqual(['will', 'will']);
      expect(notes).toEqual([]);
    });

    it('come with a warning where MAS can’t be asked who is an admin', async () => {
      const spam = addAccount(mas, 'spam');
      const { adminToken, adminId, serverName, version } = mas;
      session = signInTo({ adminToken, adminId, serverName, version, mas: true, masSide: null });
      const { notes } = await planOf({ ids: [spam] });
      expect(notes.map(english)).toEqual([expect.stringMatching(/^Glia can’t reach the Admin API of MAS/)]);
    });
  });

  it('are never all of the homeserver', () => {
    expect(saysSomething(NO_FILTER)).toBe(false);
    expect(saysSomething({ ...NO_FILTER, ip: '192.0.2.1' })).toBe(true);
  });
});
