import { afterEach, expect, it, vi } from 'vitest';
import { MockHomeserver } from '~/mocks/homeserver';
import { signInAt } from '~/testing/signed-in';
import { accountMemory, watchShown } from './account-memory';
import { ownerOf, showAccount, signOut } from './session';

/** What a page remembers is one account's. */

const [one, other] = ['https://one.example', 'https://other.example'].map((baseUrl) => ({
  baseUrl,
  model: new MockHomeserver({ serverName: new URL(baseUrl).host }),
})) as [{ baseUrl: string; model: MockHomeserver }, { baseUrl: string; model: MockHomeserver }];

afterEach(() => {
  signOut();
  signOut();
});

const both = () => [signInAt(one.baseUrl, one.model), signInAt(other.baseUrl, other.model)].map(ownerOf) as never;

it('each account has its own, and it goes with the account', () => {
  const memory = accountMemory('nothing');
  const [mine, theirs]: ReturnType<typeof ownerOf>[] = both();
  if (!mine || !theirs) throw new Error('two');
  memory.set('of the other');
  expect([memory.get(), memory.of(mine).get()]).toEqual(['of the other', 'nothing']);
  memory.of(mine).set('mine');
  showAccount(mine);
  expect(memory.get()).toBe('mine');
  signOut();
  expect(memory.get()).toBe('of the other');
  // What comes to its end after its account was signed out.
  memory.of(mine).set('late');
  signInAt(one.baseUrl, one.model);
  expect(memory.get()).toBe('nothing');
});

it('says when another account is shown, and not when the one that is shown changes', () => {
  const [mine]: ReturnType<typeof ownerOf>[] = both();
  if (!mine) throw new Error('two');
  const shown = vi.fn<() => void>();
  const end = watchShown(shown);
  signInAt(other.baseUrl, other.model, 'syt_another');
  expect(shown).not.toHaveBeenCalled();
  showAccount(mine);
  expect(shown).toHaveBeenCalledOnce();
  signOut();
  expect(shown).toHaveBeenCalledTimes(2);
  end();
  signOut();
  expect(shown).toHaveBeenCalledTimes(2);
});
