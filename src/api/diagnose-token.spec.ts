import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CLIENT_SCOPE } from '~/mocks/authenticate';
import { addUser } from '~/mocks/build';
import { beginAnew, build, expireAdminToken, failure, html, scene } from '~/testing/diagnosis';

/** What sign-in says of an access token that is not an admin’s. */

beforeEach(beginAnew);
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('diagnose, the token', () => {
  it('that nobody knows', async () => {
    expect(await failure({ token: 'syt_nobody' })).toMatch(/^whoami token-unknown: .*“Invalid access token passed.”/);
  });

  it('that has expired, by own authentication and under MAS', async () => {
    expireAdminToken();
    expect(await failure()).toMatch(/^whoami token-expired: .*“Access token has expired”/);
    build({ mas: true });
    expireAdminToken();
    expect(await failure()).toMatch(/^whoami token-expired: .*“Token is not active”/);
  });

  it('of a guest', async () => {
    addUser(scene.model, { localpart: 'guest1', is_guest: true });
    expect(await failure({ token: scene.model.issueToken('@guest1:example') })).toMatch(
      /^whoami guest: @guest1:example is a guest/,
    );
  });

  it('of a locked account', async () => {
    addUser(scene.model, { localpart: 'locked', locked: true });
    expect(await failure({ token: scene.model.issueToken('@locked:example') })).toMatch(
      /^whoami account-locked: .*has been locked/,
    );
  });

  it('of an expired account', async () => {
    scene.front = [
      [
        /whoami/,
        () =>
          Response.json({ errcode: 'ORG_MATRIX_EXPIRED_ACCOUNT', error: 'User account has expired' }, { status: 403 }),
      ],
    ];
    expect(await failure()).toMatch(/^whoami account-expired: .*“User account has expired”/);
  });

  it('that a proxy drops, or does not let through', async () => {
    scene.front = [[/ token/, (request) => scene.model.handle(new Request(request.url))]];
    expect(await failure()).toMatch(/^whoami authorization-dropped: .*drops the Authorization header/);
    scene.front = [[/ token/, 'cut']];
    expect(await failure()).toMatch(/^whoami authorization-blocked: /);
  });

  it.each([401, 403])('that an authenticating proxy answers with %i: nothing is said of the token', async (status) => {
    scene.front = [[/ token/, html(status, 'Sign in')]];
    const line = await failure();
    expect(line).toMatch(/^whoami authorization-blocked: Something in front .*wants you to sign in.*“Sign in”/);
    scene.front = [[/v2\/users.* token/, html(status, 'Sign in')]];
    expect(await failure()).toMatch(/^admin (authorization-blocked|admin-api-blocked): .*“Sign in”/);
  });

  it('of an admin, where a proxy says that there is no such user: nobody said that this is an admin', async () => {
    scene.front = [[/v2\/users/, () => Response.json({ error: 'not found' }, { status: 404 })]];
    expect(await failure()).toMatch(/^admin admin-api-blocked: /);
  });

  it('of who is not an admin', async () => {
    addUser(scene.model, { localpart: 'anna' });
    expect(await failure({ token: scene.model.issueToken('@anna:example') })).toBe(
      'admin not-admin: @anna:example is not a server admin.',
    );
  });

  it('that lacks the admin’s scope under MAS, whatever the admin column says', async () => {
    build({ mas: true });
    const token = scene.model.issueToken(scene.model.adminId, null, [CLIENT_SCOPE]);
    expect(await failure({ token })).toMatch(/^admin mas-scope: @admin:example .*lacks the scope urn:synapse:admin:\*/);
    expect(await failure({ token: scene.model.issueToken(scene.model.adminId, null, []) })).toMatch(
      /^whoami mas-scope: /,
    );
  });

  it('that Synapse can’t ask MAS about, or whose account it does not have', async () => {
    build({ mas: true });
    scene.front = [
      [
        /whoami/,
        () => Response.json({ errcode: 'M_UNKNOWN', error: 'Unable to introspect the access token' }, { status: 503 }),
      ],
    ];
    expect(await failure()).toMatch(/^whoami mas-down: /);
    scene.front = [];
    expect(await failure({ token: scene.model.issueToken('@ghost:example') })).toMatch(
      /^whoami account-missing: .*“User not found”/,
    );
  });
});
