import { expect, it } from 'vitest';
import type { MockHomeserver } from '~/mocks/homeserver';
import { nameOfToken } from '~/lib/token-names';
import { planned, verdictFor } from '~/testing/actions';
import { inWords } from '~/testing/in-words';
import { modelForEach } from '~/testing/model-for-each';
import { runToTheEnd } from '~/testing/signed-in';
import { changeTokens } from './change';
import { createTokens } from './create';

/** Registration tokens are any texts, and others change them at the same time. */

let model: MockHomeserver;
modelForEach((made) => (model = made));

const INPUT = { uses_allowed: 3, expires: '' };

it.each(['token', 'e', 'pending'])(
  'a token “%s” is known as created and as changed: nothing is sent twice',
  async (token) => {
    const made = await planned(model, createTokens, [nameOfToken(token)], INPUT);
    expect(await runToTheEnd(model, made, () => undefined)).toMatchObject([{ status: 'done', attempts: 1 }]);
    const changed = await planned(model, changeTokens, [nameOfToken(token)], { ...INPUT, uses_allowed: 5 });
    expect(await runToTheEnd(model, changed, () => undefined)).toMatchObject([{ status: 'done', attempts: 1 }]);
  },
);

it('a change of limits does not bring back a token that someone deleted', async () => {
  const verdict = await verdictFor(model, changeTokens, nameOfToken('deleted-in-the-meantime'), INPUT);
  expect(inWords(verdict)).toMatchObject({ verdict: 'cannot', reason: 'There is no such token on this homeserver.' });
});
