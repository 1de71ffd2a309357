import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { parseUserIds } from '~/lib/mxid';
import { wordsOf } from '~/lib/words';
import { FIRST_DRAFT, inputOf, keptDraft, queryOf, recipientsOf, type NoticeDraft } from './draft';

const SERVER = 'example.org';
const draft = (over: Partial<NoticeDraft>): NoticeDraft => ({ ...FIRST_DRAFT, text: 'Tonight', ...over });
const recipients = (over: Partial<NoticeDraft>, total: number | null = null) => {
  const one = draft(over);
  const found = recipientsOf(one, parseUserIds(one.users, SERVER, 'never'), total, SERVER);
  return 'problem' in found ? wordsOf(found.problem) : found.users;
};

describe('the recipients', () => {
  it('are only whole user IDs of this homeserver, where they are named', () => {
    expect(recipients({ users: '@anna:example.org\n@ben:elsewhere.example' })).toEqual({ ids: ['@anna:example.org'] });
    expect(recipients({ users: 'anna' })).toContain('Complete the names');
    expect(recipients({ users: '@ben:elsewhere.example' })).toContain('at least one user');
    expect(recipients({})).toContain('at least one user');
  });

  it('are everyone who can read it: no guests, no deactivated and, unless asked for, no bridged users', () => {
    const everyone = { guests: false, deactivated: false, bridged: false };
    expect(recipients({ from: 'everyone' }, 12)).toEqual({ filter: everyone, total: 12 });
    expect(queryOf(draft({ from: 'everyone', withBridged: true }))).toEqual({ guests: false, deactivated: false });
  });

  it('are those who match a filter, which must not be empty by mistake', () => {
    const filter = { name: ' anna ', onlyAdmins: false };
    expect(recipients({ from: 'filter', filter }, 3)).toMatchObject({ filter: { name: 'anna' }, total: 3 });
    expect(recipients({ from: 'filter' }, 3)).toContain('choose everyone');
    expect(recipients({ from: 'filter', filter }, 0)).toContain('No user matches');
    expect(recipients({ from: 'filter', filter }, null)).toContain('Counting');
  });

  it('are those selected in the users list, as they were handed over', () => {
    const handed = { ids: ['@a:example.org', '@b:example.org'] };
    expect(recipients({ from: 'handed', handed })).toEqual(handed);
  });
});

describe('the message', () => {
  it('needs a text, since not every client shows HTML', () => {
    expect(inputOf(draft({}))).toEqual({ input: { text: 'Tonight' } });
    expect(inputOf(draft({ html: '<b>Tonight</b>' }))).toEqual({ input: { text: 'Tonight', html: '<b>Tonight</b>' } });
    expect(inputOf(draft({ text: ' ', html: '<b>Tonight</b>' }))).toHaveProperty('problem');
  });
});

it('a draft outlives a reload whole', () => {
  const whole = draft({ from: 'filter', html: '<i>x</i>', users: '@a:b', withBridged: true });
  expect(z.parse(keptDraft, JSON.parse(JSON.stringify(whole)))).toEqual(whole);
});
