import { describe, expect, it } from 'vitest';
import { MockHomeserver } from '~/mocks/homeserver';
import { groundOf } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import type { Text } from '~/lib/text';
import { asKept } from '~/testing/engine';
import { backupText, readBackup, type Backup } from './backup';
import { actionJob } from './job';
import { reviveAction } from './revive';
import { removeExternalIds } from './user/external-ids';

const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
const oidc = (external_id: string) => ({ auth_provider: 'oidc', external_id });
const HERE = { baseUrl: 'https://hs.example', serverName: 'hs.example' };
const items = [
  {
    id: '@a:hs.example',
    planned: { external_ids: [saml('1/ä'), oidc('x')] },
    goal: { external_ids: [oidc('x')] },
    identity: 5000,
  },
  { id: '@b:hs.example', planned: { external_ids: [saml('2')] }, goal: { external_ids: [] }, identity: null },
];
const text = () => backupText({ items, provider: 'saml', homeserver: HERE.baseUrl, user: '@me:hs.example', now: 0 });
const file = () => JSON.parse(text()) as { users: Record<string, unknown>[] } & Record<string, unknown>;
const read = (json: unknown) => readBackup(typeof json === 'string' ? json : JSON.stringify(json), HERE);
const problems = (json: unknown) => inWords((read(json) as { problems: Text[] }).problems);

describe('the backup of external ids', () => {
  it('holds every id of everyone who changes, and is read again as what the job changed', () => {
    expect(file()).toMatchObject({ homeserver: HERE.baseUrl, auth_provider: 'saml' });
    expect(file().users[0]).toEqual({
      user_id: '@a:hs.example',
      created_at: 5000,
      external_ids: [saml('1/ä'), oidc('x')],
      removes: [saml('1/ä')],
    });
    const { changes, provider, notes } = read(text()) as Backup;
    expect(provider).toBe('saml');
    expect(changes.map(({ id, before, after, identity }) => ({ id, planned: before, goal: after, identity }))).toEqual(
      items,
    );
    expect(changes[0]).toMatchObject({ doubtful: false, late: false });
    expect(inWords(notes)).toEqual([
      expect.stringMatching(/^The file was saved at 1970-01-01.* by @me:hs\.example, before the job ran/),
    ]);
  });

  it('of an older version, without times of creation, is read too', () => {
    const older = file();
    for (const one of older.users) delete one['created_at'];
    expect(read(older)).toMatchObject({ changes: [{ identity: null }, { identity: null }] });
  });

  it('from another address of the homeserver is read, and says so', () => {
    const { notes } = read({ ...file(), homeserver: 'https://old.example' }) as Backup;
    expect(inWords(notes)[1]).toBe('The file was saved from https://old.example.');
  });
});

it('an undo from a backup file is known as an undo, also after a reload, though no job is named', () => {
  const ground = groundOf(new MockHomeserver());
  const plan = { items, input: null, undoes: { id: null, title: 'Remove external IDs of 2 users' } };
  const undo = actionJob(removeExternalIds, plan, ground);
  expect(undo.undoes).toBe('');
  expect(reviveAction(undo.kind, asKept(undo), ground).undoes).toBe('');
});

describe('what is no such file is refused with what is wrong', () => {
  it.each([
    ['no JSON', 'user;id', /^This is not a JSON file/],
    ['something else in JSON', { users: [] }, /^This is not a backup of external IDs saved by Glia: backup: /],
    ['a report of a job', { kind: 'external-ids', items: [] }, /^This is not a backup/],
    ['a later version', { ...file(), version: 2 }, /^This is not a backup.*: version: /],
    ['nobody', { ...file(), users: [] }, /^The file contains no users/],
  ])('%s', (_, json, words) => {
    expect(problems(json)).toEqual([expect.stringMatching(words)]);
  });

  it.each([
    [
      'of another homeserver',
      { user_id: '@a:other.example' },
      /is on other\.example, but you are signed in to hs\.example/,
    ],
    ['that is no user ID', { user_id: 'anna' }, /not a valid user ID/],
    ['with an id in another form', { external_ids: [{ auth_provider: 'x' }] }, /external_ids\.0\.external_id: /],
    ['whose removed ids are not its own', { removes: [saml('9')] }, /not among the IDs the user had/],
    ['who loses nothing', { removes: [] }, /None of this user’s IDs/],
  ])('a user %s: which one, and why; the others are not used either', (_, change, words) => {
    const odd = file();
    Object.assign(odd.users[1] ?? {}, change);
    const found = problems(odd);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^User 2 \(/);
    expect(found[0]).toMatch(words);
  });

  it('a user twice', () => {
    const odd = file();
    odd.users.push({ ...odd.users[0] });
    expect(problems(odd)).toEqual(['User 3 (@a:hs.example): This user is in the file twice.']);
  });
});
