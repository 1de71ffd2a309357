import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '~/jobs/job';
import { beforeJson, canBePutBack, tookThem } from './before';
import { planUndo, removedBy, type Present } from './undo-plan';
import { wordsOf } from '~/lib/words';

const google = (external_id: string) => ({ auth_provider: 'oidc-google', external_id });
const saml = (external_id: string) => ({ auth_provider: 'saml', external_id });
const ANNA = '@anna:example.org';
const BORN = 1_000_000;

const before = beforeJson({ userId: ANNA, createdAt: BORN, ids: [google('1'), saml('a')], removes: [google('1')] });

const row = (facts: Partial<LedgerRow> = {}): LedgerRow => ({
  index: 0,
  id: ANNA,
  columns: {},
  status: 'done',
  reason: '',
  before,
  attempts: 1,
  endedAt: 1,
  ...facts,
});

const present = (facts: Partial<Present> = {}): Present => ({
  externalIds: [saml('a')],
  createdAt: BORN,
  deactivated: false,
  locked: false,
  heldByOthers: [],
  ...facts,
});

function plan(now: Present | null, ledger: LedgerRow = row(), takesUnsure = false) {
  const found = removedBy(ledger);
  const findings = {
    found: found ? [found] : [],
    present: new Map(now ? [[ANNA, now]] : []),
    unread: new Map(),
    mas: false,
  };
  return planUndo(findings, takesUnsure);
}

const verdict = (now: Present | null, ledger?: LedgerRow) => {
  const [first] = plan(now, ledger).rows;
  return `${first?.verdict}: ${wordsOf(first?.reason ?? '')}`;
};

describe('what a ledger says was removed', () => {
  it('is exactly what the job removed, and what it left', () => {
    expect(removedBy(row())).toEqual({
      userId: ANNA,
      removes: [google('1')],
      left: [saml('a')],
      createdAt: BORN,
      unsure: false,
      late: false,
    });
    expect([tookThem(row()), canBePutBack(row())]).toEqual([true, true]);
  });

  it('is read back from JSON as it was written', () => {
    const again = JSON.parse(JSON.stringify(before)) as typeof before;
    expect(removedBy(row({ before: again }))).toEqual(removedBy(row()));
  });

  it.each(['waiting', 'skipped'] as const)('is nothing where a row is %s', (status) => {
    expect(removedBy(row({ status }))).toBeNull();
    expect(canBePutBack(row({ status }))).toBe(false);
  });

  it('is nothing where the ids were gone already', () => {
    const nothing = beforeJson({ userId: ANNA, createdAt: BORN, ids: [saml('a')], removes: [] });
    expect(removedBy(row({ before: nothing }))).toBeNull();
    expect(canBePutBack(row({ before: nothing }))).toBe(false);
  });

  it.each([
    ['nothing was kept', undefined],
    ['the list alone was kept, as by older versions', [google('1')]],
    ['an unknown form was kept', { kept: 'external-ids/9', ids: 5 }],
    ['it is no object at all', 'before'],
    ['it is null', null],
  ])('can’t be told where %s, and never breaks the plan', (_, kept) => {
    expect(verdict(present(), row({ before: kept }))).toBe(
      'cannot: Can’t be undone: the ids it had before were not kept',
    );
    expect(canBePutBack(row({ before: kept }))).toBe(false);
  });

  it.each([
    ['unknown', 'cannot: Not known whether the job removed them: verify it in its report first'],
    ['failed', 'cannot: Failed in the job, so not for sure its doing: Refused'],
  ] as const)('is not for sure where a row is %s', (status, expected) => {
    expect(verdict(present(), row({ status, reason: 'Refused' }))).toBe(expected);
  });
});

describe('the plan of an undo', () => {
  it('puts back exactly the removed ids where nothing changed', () => {
    const { items, idCount } = plan(present());
    expect(items).toEqual([{ userId: ANNA, adds: [google('1')], left: [saml('a')], createdAt: BORN }]);
    expect(idCount).toBe(1);
    expect(JSON.parse(JSON.stringify(items))).toEqual(items);
  });

  const foundGone = beforeJson({
    userId: ANNA,
    createdAt: BORN,
    ids: [google('1'), saml('a')],
    removes: [google('1')],
    foundGone: true,
  });

  it.each([
    ['found gone after a request without an answer', row({ status: 'skipped', before: foundGone, unanswered: true })],
    ['found gone, as older versions kept it', row({ before: foundGone })],
    ['spared, though a request got no answer', row({ status: 'skipped', unanswered: true })],
    ['refused, though a request got no answer', row({ status: 'failed', unanswered: true })],
    ['not known yet', row({ status: 'unknown', unanswered: true })],
  ])('leaves alone what somebody else may have removed, unless that is chosen: %s', (_, ledger) => {
    expect([tookThem(ledger), canBePutBack(ledger)]).toEqual([false, true]);
    const left = plan(present({ locked: true }), ledger);
    expect(left.items).toEqual([]);
    expect(left.unsure).toBe(1);
    expect(left.rows).toMatchObject([
      { verdict: 'cannot', reason: expect.stringMatching(/left alone unless you choose/) },
    ]);
    const { items, rows, unsure } = plan(present({ locked: true }), ledger, true);
    expect(items).toMatchObject([{ userId: ANNA, adds: [google('1')] }]);
    expect(rows[0]?.reason).toMatch(
      /^Removed by the job or by someone else, nobody can tell\. Locked: it stays locked/,
    );
    expect(unsure).toBe(1);
  });

  it('says where a request without an answer may remove them again, and the undo keeps that', () => {
    const { items, rows, late } = plan(present(), row({ unanswered: true }));
    expect(items).toMatchObject([{ late: true }]);
    expect(late).toBe(1);
    expect(rows[0]?.reason).toMatch(/it may still remove them$/);
    const yet = plan(present({ externalIds: [saml('a'), google('1')] }), row({ status: 'unknown', unanswered: true }));
    expect(yet.rows).toMatchObject([
      { verdict: 'nothing', reason: expect.stringMatching(/^Has them now\. A request/) },
    ]);
    expect(plan(present())).toMatchObject({ unsure: 0, late: 0 });
  });

  it.each([
    [
      'another id was added',
      present({ externalIds: [saml('a'), saml('b')] }),
      'cannot: Changed since the job: it left',
    ],
    ['an id that was left is gone', present({ externalIds: [] }), 'cannot: Changed since the job: it left'],
    ['only some came back', present({ externalIds: [google('1')] }), 'cannot: Changed since the job'],
    ['all of them are there', present({ externalIds: [saml('a'), google('1')] }), 'nothing: Has them already'],
    ['the account is a new one of the name', present({ createdAt: 5 }), 'cannot: Another account of the same name'],
    ['there is no such user any more', null, 'cannot: No such user any more'],
    [
      'another account holds the id',
      present({ heldByOthers: [{ id: google('1'), userId: '@ben:example.org' }] }),
      'cannot: Held by another account now: oidc-google: 1 by @ben:example.org',
    ],
  ])('leaves alone: %s', (_, now, expected) => {
    expect(verdict(now)).toContain(expected);
    expect(plan(now).items).toEqual([]);
  });

  it('gives deactivated and locked users their ids back, and says why', () => {
    expect(verdict(present({ deactivated: true }))).toMatch(/^will: Deactivated: .* refused again$/);
    expect(verdict(present({ locked: true }))).toBe('will: Locked: it stays locked');
    expect(plan(present({ deactivated: true })).hidden).toBe(1);
  });

  it('does not take an account for another where the homeserver tells no time of creation', () => {
    expect(verdict(present({ createdAt: null }))).toBe('will: ');
  });

  it('names who could not be read', () => {
    const found = removedBy(row());
    const unread = new Map([[ANNA, 'Could not be read: 500']]);
    const { rows } = planUndo({ found: found ? [found] : [], present: new Map(), unread, mas: false }, false);
    expect(rows).toMatchObject([{ verdict: 'cannot', reason: 'Could not be read: 500' }]);
  });
});
