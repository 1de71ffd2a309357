import { describe, expect, it } from 'vitest';
import { MockHomeserver } from '~/mocks/homeserver';
import {
  FEATURES,
  has,
  lackedUses,
  lacks,
  lostOn,
  lostSentence,
  updateAdvice,
  whyAbsent,
  type FeatureId,
} from './since';
import { inWords } from '~/testing/in-words';
import { wordsOf } from '~/lib/words';

const BENT = '1.95.1\u202E';
const ids = Object.keys(FEATURES) as FeatureId[];

describe('what a version has', () => {
  it.each(['1.163.2', '1.163.2 (b=develop)', '1.158.0rc1'])(
    '%s has everything, and nothing is said of it',
    (version) => {
      expect(ids.filter((id) => !has(version, id))).toEqual([]);
      expect(lostOn(version)).toEqual([]);
      expect(updateAdvice(version)).toBeNull();
    },
  );

  it('a version that can’t be read, or is not known yet, is asked as a new one', () => {
    for (const version of ['develop', '', undefined]) {
      expect(ids.filter((id) => !has(version, id))).toEqual([]);
      expect(whyAbsent(version, 'media-info')).toBeUndefined();
    }
    expect(updateAdvice('develop')).toBeNull();
  });

  it('what is lacking is said with the version that has it and the one there is', () => {
    expect(inWords(lacks('1.95.1', 'room-filters'))).toBe(
      'This needs Synapse 1.110 or newer. This homeserver runs 1.95.1.',
    );
    expect(lacks('1.110.0', 'room-filters')).toBeNull();
    const uses = [
      ['type', 'users-types'],
      ['admins', 'users-admins'],
      ['deactivated', 'users-v3'],
    ] as const;
    expect(inWords(lackedUses('1.90.0', uses))).toBe('admins (needs Synapse 1.91), deactivated (needs Synapse 1.103)');
    expect(lackedUses('1.163.2', uses)).toBeNull();
  });

  it('what is lost is one list, and what is done in an older way is not in it', () => {
    expect(lostOn('1.157.0')).toEqual([]);
    const lost = lostOn('1.95.1').map(wordsOf);
    expect(lost[0]).toContain('between two days');
    expect(lost.join()).toContain('looking at each file again');
    expect(lost).toContain('listing only deactivated users');
    expect(lost.join()).not.toContain('admins');
    expect(lostOn('1.67.0').map(wordsOf).join()).toContain('telling a job’s joins apart from other joins');
    expect(lostOn('1.68.0').map(wordsOf).join()).not.toContain('joins');
    expect(lostOn('1.42.0 (b=matrix-org-hotfixes,abc)').length).toBeGreaterThan(lost.length);
  });

  it('an update is advised below the release that closed the known holes', () => {
    expect(inWords(updateAdvice('1.157.1'))).toContain('1.157.2');
    expect(updateAdvice('1.157.2')).toBeNull();
  });

  it('a version that hides something shows it wherever it is in a sentence', () => {
    const said = [lostSentence(BENT), updateAdvice(BENT), lacks(BENT, 'room-filters'), whyAbsent(BENT, undefined)];
    for (const words of said) {
      expect(inWords(words)).toContain('1.95.1[U+202E]');
      expect(inWords(words)).not.toContain('\u202E');
    }
  });

  it('an endpoint that is missing is explained by the version, or by the way to it', () => {
    expect(inWords(whyAbsent('1.95.1', 'media-info'))).toContain('needs Synapse 1.140');
    expect(inWords(whyAbsent('1.163.2', 'media-info'))).toContain('worker');
    expect(inWords(whyAbsent('1.163.2', undefined))).toContain('the wrong process');
  });
});

describe('the table and the model agree', () => {
  it.each([
    ['users-v3', '/_synapse/admin/v3/users'],
    ['room-messages', '/_synapse/admin/v1/rooms/!r:demo.example/messages'],
    ['memberships', '/_synapse/admin/v1/users/@u:demo.example/memberships'],
    ['invite-counts', '/_synapse/admin/v1/users/@u:demo.example/sent_invite_count?from_ts=0'],
    ['account-data', '/_synapse/admin/v1/users/@u:demo.example/accountdata'],
    ['experimental-features', '/_synapse/admin/v1/experimental_features/@u:demo.example'],
    ['hierarchy', '/_synapse/admin/v1/rooms/!r:demo.example/hierarchy'],
    ['scheduled-tasks', '/_synapse/admin/v1/scheduled_tasks'],
    ['redact', '/_synapse/admin/v1/user/redact_status/x'],
    ['media-info', '/_synapse/admin/v1/media/demo.example/x'],
    ['external-id-holder', '/_synapse/admin/v1/auth_providers/a/users/b'],
    ['client-v3', '/_matrix/client/v3/account/whoami'],
  ] as const)('%s', async (feature, path) => {
    const { since } = FEATURES[feature];
    const [major, minor] = since.split('.').map(Number);
    const errcode = async (version: string) => {
      const model = new MockHomeserver({ version });
      const headers = { Authorization: `Bearer ${model.adminToken}` };
      const answer: unknown = await (await model.handle(new Request(`http://x${path}`, { headers }))).json();
      return (answer as { errcode?: string }).errcode;
    };
    expect(await errcode(`${major}.${(minor ?? 0) - 1}.9`)).toBe('M_UNRECOGNIZED');
    expect(await errcode(`${since}.0`)).not.toBe('M_UNRECOGNIZED');
  });
});
