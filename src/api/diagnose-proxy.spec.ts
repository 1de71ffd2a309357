import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginAnew, detail, failure, html, look, refused, scene, states } from '~/testing/diagnosis';

/** What sign-in says where a proxy, or something else, answers in Synapse’s place. */

beforeEach(beginAnew);
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('diagnose, what /versions answers', () => {
  it.each([
    ['a proxy’s 403', html(403, '403 Forbidden'), 'status 403: “403 Forbidden”'],
    ['a 403 in JSON', refused, 'status 403: “Not for you”'],
    ['a 404 page', html(404, '404 page not found'), 'status 404: “404 page not found”'],
    ['null', () => Response.json(null), 'status 200 with JSON that Synapse does not send'],
    ['a list', () => Response.json([]), 'status 200 with JSON that Synapse does not send'],
    ['nothing', () => new Response(''), 'a page that is not from Synapse'],
  ] as const)('is said by status and words, and not called a CORS fault: %s', async (_what, answer, words) => {
    scene.front = [[/client\/versions/, answer]];
    const line = await failure();
    expect(line).toMatch(
      /^versions client-api-blocked: The Admin API answers, but the proxy does not forward \/_matrix/,
    );
    expect(line).toContain(words);
    scene.front = [[/./, answer]];
    const alone = await failure();
    expect(alone).toMatch(/^versions not-a-homeserver: /);
    expect(alone).toContain(words);
    for (const one of [line, alone]) expect(one).not.toMatch(/CORS|✖/);
  });
});

describe('diagnose, the Admin API', () => {
  it.each([
    ['answers without CORS', 'unread', /but not \/_synapse\/admin, or answers \/_synapse\/admin without CORS/],
    ['is cut off', 'cut', /connection was cut/],
    ['gets the proxy’s own page', html(403, 'Forbidden'), /status 403: “Forbidden”/],
    ['gets the website', html(200, 'Hello'), /a page that is not from Synapse: “Hello”/],
  ] as const)('is blocked by the proxy where it %s', async (_how, stance, words) => {
    scene.front = [[/^\/_synapse/, stance]];
    const line = await failure();
    expect(line).toMatch(/^admin-api admin-api-blocked: /);
    expect(line).toMatch(words);
    expect(scene.asked.some(({ token }) => token)).toBe(false);
  });

  it('is absent where something that is not Synapse answers', async () => {
    scene.front = [
      [
        /^\/_synapse/,
        () => Response.json({ errcode: 'M_UNRECOGNIZED', error: 'Unrecognized request' }, { status: 404 }),
      ],
    ];
    expect(await failure()).toMatch(/^admin-api admin-api-absent: .*M_UNRECOGNIZED/);
  });

  it('is blocked where only server_version gets through', async () => {
    scene.front = [[/v2\/users/, html(404, 'Not found')]];
    expect(await failure()).toMatch(/^admin admin-api-blocked: .*status 404/);
  });
});

describe('diagnose, where a proxy answers in Synapse’s place', () => {
  it('its 404 does not say that there is no MAS', async () => {
    scene.front = [[/auth_metadata/, html(404, 'Not Found')]];
    const diagnosis = await look();
    expect(states(diagnosis)).toMatchObject({ mas: 'warn' });
    expect(detail(diagnosis, 'mas')).toContain('could not find out');
  });

  it('its 403 and a portal’s success are no working media endpoints', async () => {
    scene.front = [[/users\/.*\/media/, html(403, 'Forbidden')]];
    expect(states(await look())).toMatchObject({ media: 'warn' });
    scene.front = [[/media\/config/, () => Response.json({ status: 'ok' })]];
    expect(states(await look())).toMatchObject({ media: 'warn' });
  });
});
