import { expect, it } from 'vitest';
import { isOwnToken } from '~/actions/mas/personal';
import type { Session } from '~/data/session';
import { asServer } from './action-jobs';

const session: Session = {
  homeserver: { baseUrl: 'https://hs.example', token: 'mat_x', mas: { baseUrl: 'https://auth.example' } },
  userId: '@admin:hs.example',
  serverName: 'hs.example',
  version: '1.157.1',
  mas: true,
  demo: false,
};
const oauth = {
  issuer: 'https://auth.example/',
  tokenEndpoint: 'https://auth.example/oauth2/token',
  revocationEndpoint: 'https://auth.example/oauth2/revoke',
  clientId: '01JCLIENT',
  refreshToken: 'mar_x',
  expiresAt: 0,
  family: 'one',
  serial: 0,
};

const look = () => Promise.reject(new Error('asked'));

it('an action knows as which client Glia is signed in to MAS, so it tells its own session from others', async () => {
  expect(asServer({ ...session, oauth }).masClient).toBe('01JCLIENT');
  expect(asServer(session)).not.toHaveProperty('masClient');
  const known = { ...session.homeserver, mas: { baseUrl: 'https://auth.example', version: '1.4.0' } };
  expect(asServer({ ...session, homeserver: known }).masVersion).toBe('1.4.0');
  // Signed in through MAS, none of the admin's personal tokens is Glia's: nothing needs to be asked.
  const name = '@admin:hs.example 01JTOKEN';
  await expect(isOwnToken(name, look, asServer({ ...session, oauth }))).resolves.toBe(false);
});
