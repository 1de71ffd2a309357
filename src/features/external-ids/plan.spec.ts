import { array, assert, constantFrom, property, record, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameState } from '~/actions/reading';
import type { ExternalId } from '~/api/users';
import { inWords } from '~/testing/in-words';
import { countProviders, offeredAs, planRemoval, type UserFound } from './plan';
import { wordsOf } from '~/lib/words';

const id = (auth_provider: string, external_id: string): ExternalId => ({ auth_provider, external_id });

function user(userId: string, externalIds: ExternalId[], overrides: Partial<UserFound> = {}): UserFound {
  const facts = { displayname: null, createdAt: 5, admin: false, deactivated: false, locked: false };
  return { userId, externalIds, ...facts, ...overrides };
}

const ME = '@me:example.org';
const users = [
  user('@both:example.org', [id('oidc-google', '1'), id('saml', 'b')]),
  user('@deactivated:example.org', [id('oidc-google', '2')], { deactivated: true }),
  user('@locked:example.org', [id('oidc-google', '3')], { locked: true }),
  user('@none:example.org', []),
  user('@other:example.org', [id('saml', 'o')]),
  user('@two:example.org', [id('oidc-google', '4'), id('oidc-google', '5')]),
];
const scanned = { users, missing: [{ userId: '@gone:example.org', reason: 'not here' }] };
const plan = (overrides: Partial<Parameters<typeof planRemoval>[0]> = {}) =>
  planRemoval({ scanned, provider: 'oidc-google', only: null, me: ME, ...overrides });
const row = (userId: string, made = plan()) => inWords(made.rows.find((one) => one.id === userId));

const reasons = (mas: boolean) =>
  plan({ mas })
    .rows.map(({ reason }) => wordsOf(reason))
    .join();

describe('counting providers', () => {
  it('counts users and IDs separately, and users with two IDs of one provider', () => {
    expect(countProviders(users)).toEqual([
      { provider: 'oidc-google', users: 4, ids: 5, several: 1, hidden: 2, only: 3 },
      { provider: 'saml', users: 2, ids: 2, several: 0, hidden: 0, only: 1 },
    ]);
  });

  it('recognizes a provider of sign-in only by exactly the same name', () => {
    const offered = [{ id: 'oidc-google', name: 'Google' }];
    expect(offeredAs('oidc-google', offered)?.name).toBe('Google');
    for (const near of ['google', 'oidc', 'OIDC-GOOGLE', 'oidc-google ', 'oidc-google2']) {
      expect(offeredAs(near, offered)).toBeUndefined();
    }
  });
});

describe('the plan', () => {
  it('removes the IDs of the provider and keeps all others', () => {
    expect(row('@both:example.org')).toMatchObject({
      verdict: 'will',
      removes: [id('oidc-google', '1')],
      keeps: [id('saml', 'b')],
      leftWithNone: false,
    });
  });

  it('removes both IDs of a user who has two', () => {
    expect(row('@two:example.org')?.removes).toHaveLength(2);
    expect(plan().idCount).toBe(5);
  });

  it('includes deactivated and locked users, and counts them', () => {
    expect(row('@deactivated:example.org')?.verdict).toBe('will');
    expect(row('@locked:example.org')?.verdict).toBe('will');
    expect(plan().hidden).toBe(2);
  });

  it('says who has no ID left, and that Glia can’t tell whether there is a password', () => {
    expect(plan().leftWithNone).toBe(3);
    expect(row('@two:example.org')?.reason).toMatch(/no external ID.*can’t tell whether there is a password/);
    expect(row('@both:example.org')?.reason).not.toMatch(/no external ID/);
  });

  it('has nothing to do for users without an ID of the provider', () => {
    expect(row('@none:example.org')).toMatchObject({ verdict: 'nothing', reason: 'Has no external ID' });
    expect(row('@other:example.org')).toMatchObject({ verdict: 'nothing', reason: 'Has no ID of this provider' });
  });

  it('can’t change users that could not be read, and says why', () => {
    expect(row('@gone:example.org')).toMatchObject({ verdict: 'cannot', reason: 'not here', user: null });
  });

  it('runs exactly the rows with the verdict “will”', () => {
    const made = plan();
    expect(made.items.map((item) => item.id)).toEqual(
      made.rows.filter((one) => one.verdict === 'will').map((one) => one.id),
    );
    expect(made.items).toHaveLength(4);
    expect(made.items[0]).toEqual({
      id: '@both:example.org',
      planned: { external_ids: [id('oidc-google', '1'), id('saml', 'b')] },
      goal: { external_ids: [id('saml', 'b')] },
      identity: 5,
    });
  });

  it('changes only the users that were named, and says which of them were not read', () => {
    const made = plan({ only: ['@both:example.org', '@gone:example.org', '@stranger:example.org'] });
    expect(made.rows.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['@both:example.org', 'will'],
      ['@gone:example.org', 'cannot'],
      ['@stranger:example.org', 'cannot'],
    ]);
    expect(plan({ only: [] }).rows).toEqual([]);
  });

  it('says that the admin’s own account changes, and only then', () => {
    const mine = user(ME, [id('oidc-google', '9')]);
    expect(plan({ scanned: { users: [...users, mine], missing: [] } }).me).toMatchObject({
      id: ME,
      leftWithNone: true,
    });
    expect(plan({ scanned: { users: [user(ME, [id('saml', '9')])], missing: [] } }).me).toBeNull();
  });

  it('behind MAS says nothing of passwords: the IDs in Synapse lock nobody out', () => {
    expect(reasons(false)).toContain('password');
    expect(reasons(true)).not.toContain('password');
    expect(reasons(true)).toContain('signs in through MAS');
  });

  it('leaves a provider alone whose name only begins the same way', () => {
    const alike = user('@alike:example.org', [id('oidc-google-old', '1'), id('OIDC-google', '1')]);
    expect(plan({ scanned: { users: [alike], missing: [] } }).items).toEqual([]);
  });

  it('neither loses nor invents an ID, whatever users have', () => {
    const ids = array(record({ auth_provider: constantFrom('a', 'b', 'c'), external_id: string() }));
    assert(
      property(ids, (externalIds) => {
        const [only] = planRemoval({
          scanned: { users: [user('@x:y', externalIds)], missing: [] },
          provider: 'b',
          only: null,
          me: ME,
        }).rows;
        expect(sameState([...(only?.removes ?? []), ...(only?.keeps ?? [])], externalIds)).toBe(true);
        expect(only?.keeps.some((one) => one.auth_provider === 'b')).toBe(false);
        expect(only?.verdict === 'will').toBe(externalIds.some((one) => one.auth_provider === 'b'));
      }),
    );
  });
});
