import { afterEach, describe, expect, it } from 'vitest';
import { sendCredentials } from '~/api/credentials';
import { answerInPage, type Homeserver } from '~/api/request';
import { HomeserverError } from '~/api/errors';
import { send } from '~/api/ask';
import { everyMas } from './paging';
import { createPersonalSession } from './personal-sessions';
import { masLacks, whyMasIsSilent } from './since';
import { deactivateMasUser, listMasUsers, lookAtMasUser, setMasPassword } from './users';
import { english } from '~/lib/english';

const MAS = 'https://mas.test/auth';
const hs: Homeserver = { baseUrl: 'https://hs.test', token: 'mat_secret0123456789', mas: { baseUrl: MAS } };
const ID = '01J00000000000000000000001';

let sent: Request[] = [];
afterEach(() => {
  sent = [];
});

function answers(one: (request: Request) => Response): void {
  answerInPage(MAS, (request) => {
    sent.push(request.clone());
    return Promise.resolve(one(request));
  });
}

const user = (id = ID, username = 'anna') => ({
  type: 'user',
  id,
  attributes: { username, created_at: '2026-01-01T00:00:00Z', locked_at: null, deactivated_at: null, admin: false },
  links: { self: `/api/admin/v1/users/${id}` },
});

async function refusal(response: Response): Promise<HomeserverError> {
  answers(() => response);
  const error: unknown = await send(hs, setMasPassword(ID, 'battery staple')).catch((thrown: unknown) => thrown);
  if (!(error instanceof HomeserverError)) throw new Error('expected a HomeserverError');
  return error;
}

const refused = (status: number, ...titles: string[]): Promise<HomeserverError> =>
  refusal(Response.json({ errors: titles.map((title) => ({ title })) }, { status }));

describe('requests to MAS', () => {
  it('go below its own base URL, which may have a path, with three headers at most', async () => {
    answers(() => Response.json({ data: user(), links: {} }));
    await expect(send(hs, deactivateMasUser(ID, { erase: false }))).resolves.toMatchObject({
      id: ID,
      username: 'anna',
    });
    expect(sent[0]?.url).toBe(`${MAS}/api/admin/v1/users/${ID}/deactivate`);
    expect([...(sent[0]?.headers.keys() ?? [])].toSorted()).toEqual(['authorization', 'content-type']);
    expect(await sent[0]?.json()).toEqual({ skip_erase: true });
  });

  it('never carry cookies, whatever the homeserver’s proxy asks for', async () => {
    sendCredentials('include');
    answers(() => Response.json({ data: user() }));
    await send(hs, lookAtMasUser(ID)).finally(() => sendCredentials('omit'));
    expect(sent.map(({ credentials }) => credentials)).toEqual(['omit']);
  });

  it('are about the thing that was asked for, or fail', async () => {
    answers(() => Response.json({ data: user('01J00000000000000000000002'), links: {} }));
    await expect(send(hs, lookAtMasUser(ID))).rejects.toMatchObject({ kind: 'shape', api: 'mas' });
  });

  it('take an answer without a word (204) for a success only from an endpoint that answers so', async () => {
    answers(() => new Response(null, { status: 204 }));
    await expect(send(hs, setMasPassword(ID, 'x'))).resolves.toBeNull();
    await expect(send(hs, lookAtMasUser(ID))).rejects.toMatchObject({ kind: 'shape' });
  });
});

describe('refusals of MAS', () => {
  it('are its own word, with the chain of causes', async () => {
    const error = await refused(409, 'Could not add', 'because of that');
    expect(error).toMatchObject({ kind: 'matrix', api: 'mas', status: 409, signedOut: false, notAdmin: false });
    expect(error.serverReason).toBe('Could not add: because of that');
    expect(await refused(404, 'User ID … not found')).toMatchObject({ notFound: true, endpointAbsent: false });
  });

  it('are known in plain text too, which it says about a body that it can’t read', async () => {
    const text = 'Failed to deserialize the JSON body into the target type: missing field `password`';
    expect(await refusal(new Response(text, { status: 422 }))).toMatchObject({ kind: 'matrix', serverReason: text });
  });

  it('are not what a proxy says instead of it', async () => {
    expect(await refusal(new Response('404 page not found', { status: 404 }))).toMatchObject({
      kind: 'http',
      notFound: false,
    });
    expect(await refusal(Response.json({ errcode: 'M_NOT_FOUND' }, { status: 404 }))).toMatchObject({ kind: 'http' });
    expect(await refusal(new Response('400 Bad Request', { status: 400 }))).toMatchObject({ kind: 'http' });
  });

  it('tell a token that is lost from one without the right, and from one of the wrong kind', async () => {
    for (const title of ['Unknown access token', 'Access token expired', 'Access token revoked', 'User locked']) {
      expect(await refused(401, title)).toMatchObject({ signedOut: true, notAdmin: false });
    }
    for (const title of ['Missing urn:mas:admin scope', 'Invalid type of access token']) {
      expect(await refused(401, title)).toMatchObject({ signedOut: false, notAdmin: true });
    }
  });

  it('keep no password and no token in their words', async () => {
    const error = await refused(400, `no: battery staple, mat_secret0123456789`);
    expect(error.message).not.toMatch(/staple|secret/);
    answers(() => new Response('mpt_odd', { status: 201 }));
    const made = send(hs, createPersonalSession({ actor: ID, name: 'x', scope: 'y' }));
    await expect(made).rejects.not.toThrow(/mpt_odd/);
  });
});

describe('lists of MAS', () => {
  it('are read to their end by cursors, and an odd row costs no other', async () => {
    const ids = [1, 2, 3, 4, 5].map((number) => `01J0000000000000000000000${number}`);
    answers((request) => {
      const query = new URL(request.url).searchParams;
      const after = query.get('page[after]') ?? '';
      const rest = ids.filter((id) => id > after);
      const data = rest.slice(0, 2).map((id) => (id.endsWith('3') ? { id, attributes: {} } : user(id)));
      return Response.json({ data, links: { self: '', ...(rest.length > 2 && { next: 'raw[not] a url' }) } });
    });
    const read: string[] = [];
    let odd = 0;
    for await (const rows of everyMas((page) => listMasUsers(hs, { status: 'active', search: '' }, page), 2)) {
      read.push(...rows.rows.map(({ id }) => id));
      odd += rows.odd.length;
    }
    expect([read.length, odd, sent.length]).toEqual([4, 1, 3]);
    expect(decodeURIComponent(new URL(sent[1]?.url ?? '').search)).toBe(
      `?page[first]=2&page[after]=${ids[1]}&count=false&filter[status]=active`,
    );
  });

  it('are not asked for ever where the same page comes again', async () => {
    answers(() => Response.json({ data: [user()], links: { next: 'again' } }));
    let pages = 0;
    for await (const _ of everyMas((page) => listMasUsers(hs, {}, page))) pages += 1;
    expect(pages).toBe(2);
  });
});

describe('versions of MAS', () => {
  it('are compared in one table; an unknown one lacks nothing', () => {
    expect(english(masLacks('1.4.0', 'personal-sessions') ?? '')).toContain('MAS 1.5');
    expect([masLacks('1.5.0', 'personal-sessions'), masLacks(undefined, 'clients')]).toEqual([null, null]);
    expect(masLacks('develop', 'clients')).toBeNull();
  });

  it.each([
    ['POST', '/api/admin/v1/oauth2-sessions/01J/finish', '1.4'],
    ['GET', '/api/admin/v1/compat-sessions', '0.14'],
    ['POST', '/api/admin/v1/personal-sessions/01J/revoke', '1.5'],
    ['GET', '/api/admin/v1/user-emails', '0.14'],
    ['DELETE', '/api/admin/v1/user-emails/01J', '0.15'],
    ['POST', '/api/admin/v1/users/01J/reactivate', '0.20'],
    ['POST', '/api/admin/v1/user-registration-tokens', '0.17'],
  ])('where nothing answers %s %s, and no version is known, the text names MAS %s', (method, path, since) => {
    const words = `This needs MAS ${since} or newer, and Glia doesn’t know which version this is.`;
    expect(english(whyMasIsSilent(undefined, method, path) ?? '')).toBe(words);
    expect(english(whyMasIsSilent('develop', method, path) ?? '')).toBe(words);
    expect(english(whyMasIsSilent('0.13.0', method, path) ?? '')).toContain('This is MAS 0.13.0.');
    expect(whyMasIsSilent('1.22.0', method, path)).toBeUndefined();
  });

  it('are not to blame where every MAS has what was asked', () => {
    expect(whyMasIsSilent(undefined, 'GET', '/api/admin/v1/users/by-username/reactivate-me')).toBeUndefined();
  });

  it('are named in the error of a request that got no answer', async () => {
    answerInPage(MAS, () => Promise.reject(new TypeError('Failed to fetch')));
    const made = () => send(hs, createPersonalSession({ actor: ID, name: 'x', scope: 'y' }));
    await expect(made()).rejects.toThrow('needs MAS 1.5 or newer, and Glia doesn’t know which version this is');
    const known = { ...hs, mas: { baseUrl: MAS, version: '1.22.0' } };
    await expect(send(known, lookAtMasUser(ID))).rejects.not.toThrow('doesn’t know which version');
  });
});
