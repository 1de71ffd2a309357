import { expect, it } from 'vitest';
import { messageReport, userReport } from '~/data/report-list';
import { wordsOf } from '~/lib/words';
import { filesIn } from './files';
import { offersFor } from './offers';

const base = { id: 7, received_ts: 1, user_id: '@anna:demo.example', reason: 'spam' };
const ofMessage = (sender: string | null) =>
  messageReport({ ...base, room_id: '!a:demo.example', event_id: '$e', sender });
const ME = { serverName: 'demo.example', files: [] };
const kinds = (offers: ReturnType<typeof offersFor>) =>
  offers.filter(({ reason }) => reason == null).map(({ action }) => action.kind);

it('offers for a message all that can be done, the report itself last', () => {
  const offers = offersFor(ofMessage('@spam:demo.example'), { ...ME, files: ['mxc://demo.example/a'] });
  expect(kinds(offers)).toEqual(
    expect.arrayContaining([
      'user.redact',
      'media.quarantine',
      'user.lock',
      'user.suspend',
      'user.deactivate',
      'member.remove',
      'room.block',
    ]),
  );
  expect(offers.at(-1)).toMatchObject({ id: '7 @anna:demo.example !a:demo.example', ends: true });
});

it('offers only what works in the room for a user of another homeserver, and says why', () => {
  const offers = offersFor(ofMessage('@spam:far.example'), ME);
  expect(kinds(offers)).toEqual(expect.arrayContaining(['member.remove', 'room.block', 'report.dismiss']));
  expect(kinds(offers)).not.toContain('user.lock');
  expect(wordsOf(offers.find(({ action }) => action.kind === 'user.lock')?.reason ?? '')).toContain(
    'another homeserver',
  );
});

it('offers nothing about a sender that Synapse no longer knows', () => {
  expect(kinds(offersFor(ofMessage(null), ME))).not.toContain('member.remove');
});

it('offers for a user no more than what is about the user', () => {
  const offers = offersFor(userReport({ ...base, target_user_id: '@spam:demo.example' }), ME);
  expect(kinds(offers)).toEqual(['user.redact', 'user.lock', 'user.suspend', 'user.deactivate', 'user-report.dismiss']);
});

it('finds the files of a message, and takes nothing else for one', () => {
  const file = 'mxc://demo.example/a';
  expect(filesIn({ url: file, info: { mimetype: 'image/png', thumbnail_url: 'mxc://demo.example/b' } })).toMatchObject([
    { mxc: file, type: 'image/png', isEncrypted: false },
    { mxc: 'mxc://demo.example/b' },
  ]);
  expect(filesIn({ file: { url: file }, info: 'x' })).toMatchObject([{ mxc: file, isEncrypted: true }]);
  expect(filesIn({ url: 'https://evil.example/a', info: { thumbnail_url: 'mxc://../x' } })).toEqual([]);
  expect(filesIn(null)).toEqual([]);
  expect(filesIn({ url: file, info: { thumbnail_url: file } })).toHaveLength(1);
});
