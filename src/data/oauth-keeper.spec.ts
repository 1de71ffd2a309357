import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { authorizeUrl, exchange, refresh, register, type Grant } from '~/api/oauth';
import { metadataSchema, scopesFor } from '~/api/oauth-metadata';
import { answerInPage, path, request, type Homeserver } from '~/api/request';
import { NotRenewedError, setTokenKeeper, type TokenKeeper } from '~/api/token-keeper';
import { MockHomeserver } from '~/mocks/homeserver';
import { answersOf } from '~/mocks/in-page';
import { putMasInFront } from '~/mocks/mas/adopt';
import type { MockMas } from '~/mocks/mas/mas';
import { masMetadata } from '~/mocks/mas/metadata';
import { MasOAuth } from '~/mocks/mas/oauth/oauth';
import { OAuthKeeper, type Holder } from './oauth-keeper';
import type { TokensMessage } from './session-channel';
import { english } from '~/lib/english';

const BASE = 'https://demo.example';
const PAGE = 'https://glia.example/';
const MINUTE = 60_000;
let hs: MockHomeserver;
let mas: MockMas;
let oauth: MasOAuth;
let locks: Locks;
let channel: Channel;

beforeEach(() => {
  hs = new MockHomeserver({ mas: true, now: Date.now() });
  mas = putMasInFront(hs);
  oauth = new MasOAuth(mas);
  locks = new Locks();
  channel = new Channel();
  answerInPage(BASE, answersOf(hs, BASE));
  answerInPage(mas.baseUrl, answersOf(hs, mas.baseUrl));
});
afterEach(() => {
  setTokenKeeper(null);
  if (hs.crashes.length > 0) throw new Error('The model broke', { cause: hs.crashes[0] });
});

/** After what is under way without waiting for time. */
const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The browser’s: one at a time, whoever asks. */
class Locks {
  readonly #last = new Map<string, Promise<void>>();
  alone(name: string, work: () => Promise<void>): Promise<void> {
    const mine = (this.#last.get(name) ?? Promise.resolve()).then(work);
    this.#last.set(
      name,
      mine.catch(() => undefined),
    );
    return mine;
  }
}

class Channel {
  readonly #tabs = new Set<{ listen: (message: TokensMessage) => void }>();
  join(tab: { listen: (message: TokensMessage) => void }): void {
    this.#tabs.add(tab);
  }
  leave(tab: { listen: (message: TokensMessage) => void }): void {
    this.#tabs.delete(tab);
  }
  async tell(from: object, message: TokensMessage): Promise<void> {
    await Promise.resolve();
    for (const tab of this.#tabs) if (tab !== from) tab.listen(message);
  }
}

/** A tab of this browser. */
class Tab {
  holder: Holder | null;
  listen: (message: TokensMessage) => void = () => undefined;
  readonly keeper: OAuthKeeper;
  finished: string | null = null;
  /** What a reload would find. */
  kept: Holder | null;
  waited = 0;

  constructor(holder: Holder) {
    this.holder = holder;
    this.kept = holder;
    this.keeper = new OAuthKeeper({
      now: () => hs.now(),
      wait: async (ms) => {
        this.waited += ms;
        await soon();
        if (ms >= 1000) hs.advance(ms);
      },
      alone: (name, work) => locks.alone(name, work),
      refresh: (place, refreshToken) => refresh(place, refreshToken, () => hs.now()),
      holders: () => (this.holder ? [this.holder] : []),
      put: async (owner, tokens) => {
        this.holder = { owner, ...tokens };
        await Promise.resolve();
        this.kept = this.holder;
      },
      finish: (_holder, reason) => {
        this.finished = english(reason);
        this.holder = null;
      },
      tell: (message) => void channel.tell(this, message),
      hear: (listener) => {
        this.listen = listener;
        channel.join(this);
      },
    });
  }

  /** @param old a token that was at hand when the work began */
  async ask(old: string): Promise<string> {
    return as(this.keeper, old);
  }
}

const whoami = z.object({ user_id: z.string() });

async function as(keeper: TokenKeeper, token: string): Promise<string> {
  setTokenKeeper(keeper);
  const place: Homeserver = { baseUrl: BASE, token };
  return (await request(place, { path: path`/_matrix/client/v3/account/whoami`, schema: whoami })).user_id;
}

async function signIn(): Promise<Holder> {
  const metadata = metadataSchema.parse(masMetadata(mas.baseUrl));
  const clientId = await register(metadata, PAGE);
  const begun = await authorizeUrl(metadata, { clientId, redirectUri: PAGE, scope: scopesFor({ isStable: true }) });
  const admin = mas.state.userNamed('admin');
  if (!admin) throw new Error('MAS knows the admin');
  const answer = new URLSearchParams(new URL(oauth.consent(new URL(begun.url), admin)).hash.slice(1));
  const grant: Grant = await exchange(metadata, { ...begun, clientId, redirectUri: PAGE }, answer, () => hs.now());
  const { token, refreshToken, expiresAt } = grant;
  return {
    owner: { baseUrl: BASE, userId: hs.adminId },
    token,
    oauth: {
      issuer: metadata.issuer,
      tokenEndpoint: metadata.token_endpoint ?? '',
      revocationEndpoint: metadata.revocation_endpoint ?? '',
      clientId,
      refreshToken,
      expiresAt,
      family: 'family',
      serial: 0,
    },
  };
}

const refreshes = () => hs.log.entries.filter((entry) => entry.path.endsWith('/oauth2/token')).length - 1;

describe('a job of two hours with tokens of five minutes', () => {
  it('loses nothing, though it holds the token of its beginning', async () => {
    const tab = new Tab(await signIn());
    const { token } = tab.holder ?? { token: '' };
    for (let item = 0; item < 720; item += 1) {
      expect(await tab.ask(token)).toBe(hs.adminId);
      hs.advance(10_000);
    }
    expect(tab.finished).toBeNull();
    expect(refreshes()).toBeLessThan(30);
  });

  it('renews once for all requests that wait', async () => {
    const tab = new Tab(await signIn());
    const token = tab.holder?.token ?? '';
    hs.advance(6 * MINUTE);
    const said = await Promise.all(Array.from({ length: 20 }, () => tab.ask(token)));
    expect([new Set(said).size, refreshes()]).toEqual([1, 1]);
  });

  it('goes on where MAS is away, and where its answer is lost', async () => {
    const tab = new Tab(await signIn());
    const token = tab.holder?.token ?? '';
    // Still good for a while: the work goes on with it.
    hs.advance(4.5 * MINUTE);
    hs.faults.next({ match: /oauth2\/token/, answer: 'reset-after' });
    expect(await tab.ask(token)).toBe(hs.adminId);
    hs.advance(10 * MINUTE);
    hs.faults.next({ match: /oauth2\/token/, answer: '502-html', times: 2 });
    expect(await tab.ask(token)).toBe(hs.adminId);
    expect(tab.finished).toBeNull();
  });

  it('sends nothing with a token that is over, and says so, where MAS stays away', async () => {
    const tab = new Tab(await signIn());
    const token = tab.holder?.token ?? '';
    hs.advance(6 * MINUTE);
    hs.faults.next({ match: /oauth2\/token/, answer: 'reset-before', times: 5 });
    const sent = () => hs.log.entries.filter((entry) => entry.path.endsWith('/whoami')).length;
    await expect(tab.ask(token)).rejects.toBeInstanceOf(NotRenewedError);
    expect([sent(), tab.finished]).toEqual([0, null]);
    expect(await tab.ask(token)).toBe(hs.adminId);
  });

  it('sends a request once more that was refused for its token, whatever the clock says', async () => {
    const tab = new Tab(await signIn());
    const token = tab.holder?.token ?? '';
    const row = mas.state.accessTokens.get(token);
    if (row) row.revoked_at = hs.now();
    expect(await tab.ask(token)).toBe(hs.adminId);
    expect(refreshes()).toBe(1);
  });

  it('ends where MAS ended the session', async () => {
    const tab = new Tab(await signIn());
    const token = tab.holder?.token ?? '';
    for (const session of mas.state.oauthSessions.values()) session.finished_at = hs.now();
    await expect(tab.ask(token)).rejects.toThrow(/Token is not active/);
    expect(tab.finished).toMatch(/^MAS ended this session/);
  });
});

describe('two tabs that were duplicated from each other', () => {
  it('renew at once for an hour and never lose the session', async () => {
    const first = await signIn();
    const tabs = [new Tab(first), new Tab(first)];
    for (let minute = 0; minute < 60; minute += 1) {
      const said = await Promise.all(tabs.map(async (tab) => tab.keeper.today(BASE, first.token)));
      for (const tab of tabs) expect(await tab.ask(first.token)).toBe(hs.adminId);
      expect(new Set(said).size).toBe(1);
      hs.advance(MINUTE);
    }
    expect(tabs.map(({ finished }) => finished)).toEqual([null, null]);
    expect(refreshes()).toBeLessThanOrEqual(15);
  });

  it('go on where one slept while the other renewed', async () => {
    const first = await signIn();
    const awake = new Tab(first);
    const asleep = new Tab(first);
    channel.leave(asleep);
    for (let turn = 0; turn < 3; turn += 1) {
      hs.advance(5 * MINUTE);
      await awake.ask(first.token);
    }
    channel.join(asleep);
    expect(await asleep.ask(first.token)).toBe(hs.adminId);
    expect([asleep.holder?.oauth.serial, asleep.finished, refreshes()]).toEqual([3, null, 3]);
  });

  it('go on where one was closed before its new tokens were used', async () => {
    const first = await signIn();
    hs.advance(5 * MINUTE);
    await refresh(first.oauth, first.oauth.refreshToken);
    const left = new Tab(first);
    expect(await left.ask(first.token)).toBe(hs.adminId);
  });

  it('find after a reload what was renewed before it was used', async () => {
    const tab = new Tab(await signIn());
    hs.advance(5 * MINUTE);
    await tab.ask(tab.holder?.token ?? '');
    const again = new Tab(tab.kept ?? (await signIn()));
    hs.advance(5 * MINUTE);
    expect(await again.ask(again.holder?.token ?? '')).toBe(hs.adminId);
  });
});
