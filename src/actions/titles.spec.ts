import { expect, it } from 'vitest';
import { wordsOf } from '~/lib/words';
import { ACTION_WORLDS } from '~/testing/action-worlds';
import { MAS_ONLY_WORLDS } from '~/testing/worlds/mas-only';
import { allActions } from './all';
import { phraseOf, titleOf } from './titles';

const item = { id: '@anna:hs.example !room:hs.example', planned: null, goal: null, identity: null };

it.each(allActions.map((action) => [action.kind, action] as const))(
  '%s: a title is one phrase with verb, number and target, or names its only item',
  (kind, action) => {
    const { input = null } = ACTION_WORLDS[kind] ?? MAS_ONLY_WORLDS[kind] ?? {};
    // Of 0, before anything is entered.
    const many = [0, 1, 2].map((count) => wordsOf(phraseOf(action, count, count === 0 ? null : input)));
    expect(many).toEqual([
      expect.not.stringMatching(/\d/),
      expect.stringMatching(
        /\b1 (user|file|member|room|session|server|registration token|background update|alias|event|message report|user report|MAS session|personal access token|email address|upstream link|version of the policy data)\b/,
      ),
      expect.stringMatching(
        /\b2 (users|files|members|rooms|sessions|servers|registration tokens|background updates|aliases|events|message reports|user reports|MAS sessions|personal access tokens|email addresses|upstream links|versions of the policy data)\b/,
      ),
    ]);
    const one = wordsOf(titleOf(action, { items: [item], input }));
    expect(one).toContain('@anna:hs.example');
    for (const title of [...many, one]) expect(title).toMatch(/^[A-Z][^{}.]+(\.example[^{}.]*)*$/);
  },
);
