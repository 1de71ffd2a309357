import { expect, it } from 'vitest';
import { changes } from '~/actions/playbook';
import { actionFor } from '~/actions/under-mas';
import { english } from '~/lib/english';
import { bridge } from './bridge';
import { spamForm, spamWave, unavailable } from './spam-wave';

const SYNAPSE = { serverName: 'hs.example', version: '1.163.2', mas: false };
const MAS = { ...SYNAPSE, mas: true };
const namesIn = (server: typeof SYNAPSE) => spamForm(server).fields.map(({ name }) => name);

it('offers all steps of a spam wave, and takes those that are chosen', () => {
  expect(namesIn(SYNAPSE)).toEqual(['lock', 'redact', 'reason', 'media', 'account']);
  expect(unavailable(SYNAPSE)).toEqual([]);
  const { initial, read } = spamForm(SYNAPSE);
  const input = { lock: true, redact: true, reason: '', media: 'delete', deactivate: true, erase: false };
  expect(read(initial)).toEqual({ input });
  expect(read({ ...initial, account: 'erase' })).toMatchObject({ input: { deactivate: true, erase: true } });
  expect(spamWave.steps({ ...input, lock: false, media: 'keep' }).map(({ key }) => key)).toEqual([
    'rooms',
    'redact',
    'deactivate',
    'check',
  ]);
});

it('needs at least one step that changes something', () => {
  const nothing = { lock: false, redact: false, reason: '', media: 'keep', account: 'keep' };
  expect(spamForm(SYNAPSE).read(nothing)).toHaveProperty('problems');
});

it('leaves locking and deactivating to Matrix Authentication Service where that has the accounts, and says so', () => {
  expect(namesIn(MAS)).toEqual(['redact', 'reason', 'media']);
  expect(spamForm(MAS).read(spamForm(MAS).initial)).toMatchObject({ input: { lock: false, deactivate: false } });
  expect(unavailable(MAS).map((one) => english(one))).toEqual([
    expect.stringMatching(/^Lock: Matrix Authentication Service manages/),
    expect.stringMatching(/^Deactivate: Matrix Authentication Service manages/),
  ]);
});

it('locks and deactivates in MAS where its Admin API can be used', () => {
  const server = { ...MAS, masApi: true };
  expect(namesIn(server)).toEqual(namesIn(SYNAPSE));
  expect(unavailable(server)).toEqual([]);
});

it('deactivates the ghosts of a bridge in Synapse, which alone has them', () => {
  const input = { bot: '', media: true, rooms: true, block: false, deactivate: true };
  const close = bridge.steps(input).find(({ key }) => key === 'deactivate');
  expect(close && changes(close) && close.action.guard?.(MAS)).toBeUndefined();
  expect(close && changes(close) && actionFor(close.action, MAS)).toBe(close && changes(close) && close.action);
});
