import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { HOUR, keys, load, noKeyIsLeft, session, shownOf, tab, TOKEN, inNewTabs, wait } from '~/testing/session-tab';
import type { Session } from './session';

inNewTabs();

describe('several accounts in one tab', () => {
  const other: Session = {
    ...session,
    homeserver: { baseUrl: 'https://other.example', token: 'syt_of_the_other' },
    userId: '@root:other.example',
    serverName: 'other.example',
  };
  const [mine, theirs] = [session, other].map(({ homeserver: { baseUrl }, userId }) => ({ baseUrl, userId })) as [
    { baseUrl: string; userId: string },
    { baseUrl: string; userId: string },
  ];

  async function both(keep: 'page' | 'tab' = 'tab') {
    const page = await load();
    await page.signIn(session, keep);
    await page.signIn(other, keep);
    return page;
  }
  it('shows the one that was added last, then the one that is asked for, and gives jobs the token of each', async () => {
    const page = await both('page');
    expect(shownOf(page)).toBe(other.userId);
    page.showAccount(mine);
    expect(shownOf(page)).toBe(session.userId);
    expect(page.currentAccounts().map((one) => one.session.userId)).toEqual([session.userId, other.userId]);
    expect([page.homeserverOf(mine)?.token, page.homeserverOf(theirs)?.token]).toEqual([TOKEN, 'syt_of_the_other']);
  });

  it('come back after a reload, all of them, with the one that was shown', async () => {
    const page = await both();
    page.showAccount(mine);
    expect(tab.storage.text).not.toMatch(/syt_|example|@admin|@root/);
    const again = await load();
    expect(shownOf(again)).toBe(session.userId);
    expect(again.currentAccounts().map((one) => one.session)).toEqual([session, other]);
    again.showAccount(theirs);
    expect(shownOf(await load())).toBe(other.userId);
    expect(await keys()).toHaveLength(2);
  });

  it('come back where one of them is kept and the other was for the page only', async () => {
    const page = await load();
    await page.signIn(session, 'tab');
    page.signIn(other, 'page');
    const again = await load();
    expect(again.currentAccounts().map((one) => one.session)).toEqual([session]);
    expect(shownOf(again)).toBe(session.userId);
  });

  it('that an earlier version of Glia kept, as the only one of its tab, comes back', async () => {
    await (await load()).signIn(session, 'tab');
    const { accounts } = JSON.parse(tab.storage.getItem('glia.session') ?? '') as { accounts: object[] };
    tab.storage.setItem('glia.session', JSON.stringify(accounts[0]));
    const page = await load();
    expect(page.currentSession()).toEqual({ status: 'signed-in', session });
    await page.signIn(other, 'tab');
    expect((await load()).currentAccounts()).toHaveLength(2);
  });

  it('sign out one by one: the others stay, with what was entered in them', async () => {
    const page = await both();
    for (const { baseUrl, userId } of [mine, theirs]) {
      tab.storage.setItem(`glia.draft ${JSON.stringify([baseUrl, userId, 'join'])}`, '{}');
    }
    page.signOut();
    expect(shownOf(page)).toBe(session.userId);
    expect(page.homeserverOf(theirs)).toBeNull();
    expect([...tab.storage.items.keys()].filter((key) => key.startsWith('glia.draft'))).toEqual([
      `glia.draft ${JSON.stringify([mine.baseUrl, mine.userId, 'join'])}`,
    ]);
    await vi.waitFor(async () => expect(await keys()).toHaveLength(1));
    const again = await load();
    expect(again.currentAccounts().map((one) => one.session)).toEqual([session]);
    again.signOut();
    expect(again.currentSession()).toEqual({ status: 'signed-out' });
    expect(tab.storage.items.size).toBe(0);
  });

  it('one token ran out: only its account needs a new one, shown or not', async () => {
    const page = await both();
    page.expireSession('Not accepted', undefined, session.homeserver);
    expect(page.currentSession()).toEqual({ status: 'signed-in', session: other });
    expect(page.currentAccounts()[0]).toMatchObject({ status: 'expired', session: { userId: session.userId } });
    expect([page.homeserverOf(mine), page.homeserverOf(theirs)?.token]).toEqual([null, 'syt_of_the_other']);
    expect((await load()).currentAccounts().map((one) => one.session)).toEqual([other]);
  });

  it('a late word about a token that nobody here has any more ends nobody’s session', async () => {
    const page = await both('page');
    page.expireSession('Not accepted', undefined, { ...session.homeserver, token: 'syt_of_before' });
    page.expireSession('Not accepted', undefined, { ...session.homeserver, baseUrl: 'https://other.example' });
    expect(page.currentAccounts().map(({ status }) => status)).toEqual(['signed-in', 'signed-in']);
  });

  it('takes a new token in the place of the former one, and is not there twice', async () => {
    const page = await both();
    page.showAccount(mine);
    page.expireSession('Not accepted');
    await page.signInAgain({ ...session, homeserver: { ...session.homeserver, token: 'syt_new' } });
    expect(page.currentAccounts().map((one) => one.session.homeserver.token)).toEqual(['syt_new', 'syt_of_the_other']);
    expect((await load()).currentAccounts()).toHaveLength(2);
    expect(await keys()).toHaveLength(2);
  });

  it.each([0, 1])('fresh tokens reach account %i, shown or not, and the former one is forgotten', async (index) => {
    const page = await both();
    const owner = [mine, theirs][index] ?? mine;
    await page.renewToken(owner, { token: 'syt_fresh' });
    expect(page.homeserverOf(owner)?.token).toBe('syt_fresh');
    expect(shownOf(page)).toBe(other.userId);
    // A request that was on its way with the former token.
    page.expireSession('Not accepted', undefined, [session, other][index]?.homeserver);
    expect(page.currentAccounts().map(({ status }) => status)).toEqual(['signed-in', 'signed-in']);
    const again = await load();
    expect(again.homeserverOf(owner)?.token).toBe('syt_fresh');
    expect(shownOf(again)).toBe(other.userId);
    expect(await keys()).toHaveLength(2);
  });

  it('read-only is of the one that is shown, and comes back with it', async () => {
    const page = await both();
    page.showAccount(mine);
    await page.setReadOnly(true);
    expect(page.currentAccounts().map((one) => one.session.readOnly)).toEqual([true, undefined]);
    const again = await load();
    expect(again.currentAccounts().map((one) => one.session.readOnly)).toEqual([true, undefined]);
    expect(shownOf(again)).toBe(session.userId);
    expect(await keys()).toHaveLength(2);
  });

  it('signed out in all tabs, one of them is, and whoever is there is told of it', async () => {
    const page = await both();
    const told: string[] = [];
    page.watchDepartures((gone, why) => told.push(`${gone.userId}: ${JSON.stringify(why)}`));
    page.signOutAs(mine, 'Signed out in another tab.');
    expect(page.currentSession()).toEqual({ status: 'signed-in', session: other });
    expect(told).toEqual(['@admin:example: "Signed out in another tab."']);
    await page.signOutEverywhere();
    expect(page.currentSession()).toEqual({ status: 'signed-out' });
    await noKeyIsLeft();
  });

  it('the one that is not used ends by itself; one whose job asks for its token is used', async () => {
    const page = await load();
    await page.signIn(session, 'tab', HOUR);
    await page.signIn(other, 'tab', 12 * HOUR);
    wait(0.7 * HOUR);
    page.homeserverOf(mine);
    page.noteUse();
    wait(0.7 * HOUR);
    await page.signOutIfUnused(() => 'Not used.');
    expect(page.currentAccounts()).toHaveLength(2);
    wait(0.7 * HOUR);
    await page.signOutIfUnused(() => 'Not used.');
    expect(page.currentAccounts().map((one) => one.session)).toEqual([other]);
    expect(shownOf(page)).toBe(other.userId);
  });

  it('go all at once where the page goes to sleep, and stay kept', async () => {
    const page = await both();
    page.forgetInMemory();
    expect(page.currentSession()).toEqual({ status: 'signed-out', isAway: true });
    expect(page.homeserverOf(mine)).toBeNull();
    const again = await load();
    expect(again.currentAccounts()).toHaveLength(2);
    expect(shownOf(again)).toBe(other.userId);
  });
});
