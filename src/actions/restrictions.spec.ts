import { afterEach, describe, expect, it } from 'vitest';
import { english } from '~/lib/english';
import { allActions } from './all';
import { refusalOf } from './reading';
import { restrictActions, whyManaged, whyNotAllowed } from './restrictions';

afterEach(() => restrictActions());

describe('which kinds config.json allows', () => {
  it('are all where it says nothing, and none where its list is empty', () => {
    expect(whyNotAllowed('user.lock')).toBeNull();
    restrictActions({ allowed: [], managed: [] });
    expect(whyNotAllowed('user.lock')).not.toBeNull();
  });

  it.each([
    ['user.lock', 'user.lock', true],
    ['user.lock', 'user.unlock', false],
    ['user.*', 'user.end-login-as', true],
    ['user.*', 'user-report.dismiss', false],
    ['*.dismiss', 'user-report.dismiss', true],
    ['*', 'join-rooms', true],
    ['playbook.*', 'playbook.bridge', true],
  ])('%s and %s', (pattern, kind, isAllowed) => {
    restrictActions({ allowed: [pattern], managed: [] });
    expect(whyNotAllowed(kind) === null).toBe(isAllowed);
  });
});

/** What is not done to a user, and to a session of theirs, because config.json says who manages the account. */
const refuses = (id: string) =>
  allActions
    .filter(({ entity, at }) => entity === 'user' || entity === 'device' || at === 'mas')
    .filter((action) => {
      const said = refusalOf(action, {}, { id: `${id} of-theirs`, me: '@me:example.org' });
      return english(said ?? '').includes('asManagedUsers');
    })
    .map(({ kind }) => kind)
    .toSorted();

describe('users that an application service manages', () => {
  const managed = [/^@slack_[a-z0-9]+:example\.org$/];

  it('are those whose ID one of the patterns matches', () => {
    restrictActions({ allowed: null, managed });
    expect(whyManaged('@slack_anna:example.org')).not.toBeNull();
    expect(whyManaged('@slack_anna:example.org.evil')).toBeNull();
    expect(whyManaged('@anna:example.org')).toBeNull();
  });

  it('are spared by what would break a bridge, and by nothing that repairs it or only changes a profile', () => {
    restrictActions({ allowed: null, managed });
    expect(refuses('@anna:example.org')).toEqual([]);
    // As Ketesa's documentation lists them (docs/system-users.md).
    expect(refuses('@slack_anna:example.org')).toEqual([
      'device.end',
      'email.add',
      'email.remove',
      'mas-session.finish',
      'personal-token.regenerate',
      'personal-token.revoke',
      'upstream-link.add',
      'upstream-link.remove',
      'user.deactivate',
      'user.end-sessions',
      'user.lock',
      'user.make-admin',
      'user.reset-password',
      'user.revoke-admin',
      'user.shadow-ban',
      'user.suspend',
    ]);
  });
});
