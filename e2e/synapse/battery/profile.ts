import { path } from '../client.ts';
import { chapter, get, post, put } from './case.ts';
import type { Case } from './case.ts';

/** What the actions on profile, addresses and external IDs lean on. */

const user = (localpart: string): string => path`/_synapse/admin/v2/users/${`@${localpart}:glia.test`}`;
const email = (address: string): object => ({ medium: 'email', address });
const holder = (address: string): string => path`/_synapse/admin/v1/threepid/email/users/${address}`;
const id = (auth_provider: string, external_id: string): object => ({ auth_provider, external_id });
const VALIDITY = '/_synapse/admin/v1/account_validity/validity';
const NAME = { same: ['displayname'] } as const;
const ADDRESSES = { same: ['threepids[].address'] } as const;
const IDS = { same: ['external_ids[].auth_provider', 'external_ids[].external_id'] } as const;

const names: Case[] = [
  put('a display name is trimmed', '200', user('crowd-14'), { displayname: '  Trimmed ' }, NAME),
  put('a display name of blanks', '200', user('crowd-14'), { displayname: '   ' }, NAME),
  put('a display name of 256 characters beyond the basic plane', '200', user('crowd-14'), {
    displayname: '😀'.repeat(256),
  }),
];

const addresses: Case[] = [
  put('an address', '200', user('crowd-14'), { threepids: [email('moves@glia.test')] }, ADDRESSES),
  get('… has a holder', '200', holder('moves@glia.test'), { same: ['user_id'] }),
  put('the same one of another user', '200', user('crowd-16'), { threepids: [email('moves@glia.test')] }, ADDRESSES),
  get('… moved over without a word', '200', holder('moves@glia.test'), { same: ['user_id'] }),
  get('… and is taken away', '200', user('crowd-14'), ADDRESSES),
  put('no addresses', '200', user('crowd-16'), { threepids: [] }, ADDRESSES),
  get('… has no holder', '404 M_NOT_FOUND', holder('moves@glia.test')),
  put('only addresses leave the name', '200', user('crowd-16'), { threepids: [email('b@glia.test')] }, NAME),
];

const externalIds: Case[] = [
  put('ids of one provider', '200', user('crowd-16'), { external_ids: [id('old', '1/ä #?'), id('saml', '1')] }, IDS),
  put('… of another', '200', user('crowd-16'), { external_ids: [id('new', '1/ä #?'), id('saml', '1')] }, IDS),
  put('an id twice counts once', '200', user('crowd-16'), { external_ids: [id('new', '2'), id('new', '2')] }, IDS),
  get('… and is there once', '200', user('crowd-16'), IDS),
];

const validity: Case[] = [
  post(
    'until when it is valid',
    '200',
    VALIDITY,
    { user_id: '@crowd-16:glia.test', expiration_ts: 1_900_000_000_000, enable_renewal_emails: false },
    { same: ['expiration_ts'] },
  ),
  post('of no user', '400 M_UNKNOWN', VALIDITY, { expiration_ts: 1_900_000_000_000 }),
  post('without a time, where none is configured', '500 M_UNKNOWN', VALIDITY, { user_id: '@crowd-16:glia.test' }),
];

const features: Case[] = [
  get(
    'features of a user who does not exist',
    '200',
    path`/_synapse/admin/v1/experimental_features/${'@nobody-at-all:glia.test'}`,
  ),
];

export const profileCases: readonly Case[] = [...names, ...addresses, ...externalIds, ...validity, ...features].map(
  chapter('profile writes'),
);
