import { addUser } from '../src/mocks/build.ts';
import { MockHomeserver } from '../src/mocks/homeserver.ts';
import { putMasInFront } from '../src/mocks/mas/adopt.ts';
import type { MockMas } from '../src/mocks/mas/mas.ts';
import { MasOAuth } from '../src/mocks/mas/oauth/oauth.ts';
import { test as base } from './fixtures.ts';
import { serveModel } from './model-server.ts';

/** MAS behind real HTTP, beside the homeserver: its page leads back at once, for whoever is signed in there. */
export interface ServedMas {
  readonly mas: MockMas;
  readonly oauth: MasOAuth;
  /** Who is signed in at MAS in this browser; null: somebody who cancels. */
  who: string | null;
  /** The addresses of its page that were opened. */
  readonly opened: URL[];
  /** Ends all sessions, as an admin of MAS does. */
  endAll(): void;
  /** The sessions that go on, by whose they are. */
  alive(): string[];
}

export const test = base.extend<{ front: ServedMas }>({
  // Playwright asks for a destructured first argument, even an empty one.
  // oxlint-disable-next-line no-empty-pattern
  model: async ({}, use) => {
    const model = new MockHomeserver({ mas: true, now: Date.now() });
    addUser(model, { localpart: 'boss', admin: true });
    await use(model);
  },
  served: async ({ model, front }, use) => {
    const served = await serveModel({
      handle: async (request) => {
        const url = new URL(request.url);
        if (url.pathname !== '/auth/authorize') return model.handle(asScriptsSend(request));
        front.opened.push(url);
        return new Response(null, { status: 302, headers: { Location: leadBack(front, url) } });
      },
    });
    // Where it is known only now.
    Object.assign(front.mas, { baseUrl: `${served.url}/auth` });
    await use(served);
    await served.close();
  },
  front: async ({ model }, use) => {
    const mas = putMasInFront(model);
    const userOf = (id: string | null) => mas.state.users.get(id ?? '')?.username ?? '';
    const going = () => [...mas.state.oauthSessions.values()].filter((one) => one.finished_at === null);
    await use({
      mas,
      oauth: new MasOAuth(mas),
      who: 'admin',
      opened: [],
      endAll: () => {
        for (const session of mas.state.oauthSessions.values()) session.finished_at ??= mas.now();
      },
      alive: () => going().map((one) => userOf(one.user_id)),
    });
  },
});

const OF_SCRIPTS = ['accept', 'authorization', 'content-type'] as const;

/** The model looks at what a page may send itself; a browser adds headers of its own. */
function asScriptsSend(request: Request): Request {
  const headers = new Headers();
  for (const name of OF_SCRIPTS) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Request(request, { headers });
}

function leadBack({ mas, oauth, who }: ServedMas, url: URL): string {
  const user = who === null ? undefined : mas.state.userNamed(who);
  return user ? oauth.consent(url, user) : oauth.cancel(url);
}
