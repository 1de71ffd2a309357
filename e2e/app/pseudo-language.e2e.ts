import type { Page } from '@playwright/test';
import { LANGUAGES } from '../../src/locales/languages.ts';
import { fillDemoWorld } from '../../src/mocks/world.ts';
import { seeNoAxeViolation, seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, signIn, test } from '../fixtures.ts';
import { PHONE, settle, visitAll, WIDE } from './visits.ts';

const wordsIn = (text: string) => text.split(/[\s()[\]:;,.…“”"’·–/]+/);

const MONTHS = wordsIn('Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec');

/** Intl's own words for spans of time: it knows no pseudo-language. */
const INTL_WORDS = wordsIn(
  'ago day days hour hours minute minutes month months week weeks year years last next now this yesterday',
);

/** The same in every language, and the months, which this one has in English. */
const NAMES = [
  'Glia',
  'Synapse',
  'MAS',
  'CSV',
  'JSON',
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'URL',
  'KiB',
  'MiB',
  'GiB',
  'TiB',
  ...MONTHS,
  ...INTL_WORDS,
  ...LANGUAGES.flatMap(({ name }) => wordsIn(name)),
];

/** What is not said in the language of the page. */
const OUTSIDE = 'bdi, code, pre, textarea, style, noscript, [lang]:not(html)';

const speak = (page: Page, tag: string) =>
  page.addInitScript((chosen) => localStorage.setItem('glia.language', chosen), tag);

/** Words in plain letters, where the language has none: nobody could translate them. What came from outside is isolated, or known. */
function plainWords(page: Page, known: readonly string[]): Promise<string[]> {
  return page.evaluate(
    ([names, outside]) => {
      const found = new Set<string>();
      const look = (text: string | null, where: string) => {
        for (const word of (text ?? '').split(/[\s()[\]:;,.…“”"’·–/]+/)) {
          if (/^[A-Za-z]{3,}$/.test(word) && !names.includes(word)) found.add(`${where}: ${text?.trim().slice(0, 60)}`);
        }
      };
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const { parentElement, nodeValue } = texts.currentNode;
        if (parentElement?.closest(outside) === null) look(nodeValue, 'text');
      }
      for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
          // An ID in a label has signs in it, and is no word.
          if (element.closest(outside) === null)
            look(element.getAttribute(name)?.replaceAll(/\S*[@#!:./_]\S*/g, '') ?? null, name);
        }
      }
      return [...found];
    },
    [[...NAMES, ...known], OUTSIDE] as const,
  );
}

test('in a longer language every text is translated, and every page fits a phone', async ({
  page,
  model,
  homeserverUrl,
}) => {
  test.slow();
  await fillDemoWorld(model, 'small');
  await speak(page, 'en-XA');
  await page.goto(appUrl());
  await page.setViewportSize(PHONE);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
  expect.soft(await plainWords(page, wordsIn('https://matrix.example.org')), 'sign-in').toEqual([]);
  await seeNoSidewaysScrolling(page, 'sign-in');
  await page.locator('input[type=url]').fill(homeserverUrl);
  await page.locator('input[autocomplete=off]').fill(model.adminToken);
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('banner')).toContainText(model.adminId);
  const known = [
    ...[...model.state.users.values()].flatMap(({ name, displayname }) => [name, displayname ?? '']),
    ...[...model.state.rooms.values()].map(({ name }) => name ?? ''),
    ...model.state.destinations.keys(),
    ...model.state.registrationTokens.keys(),
    // The name of a file is the title of its page.
    ...[...model.state.media.values()].flatMap(({ media_id: id, upload_name: name }) => [id, name ?? '']),
    model.serverName,
  ].flatMap(wordsIn);
  await page.setViewportSize(WIDE);
  await visitAll(page, model, async (name) => {
    expect.soft(await plainWords(page, known), name).toEqual([]);
    await page.setViewportSize(PHONE);
    await settle(page);
    await seeNoSidewaysScrolling(page, name);
    await page.setViewportSize(WIDE);
  });
});

test('from right to left every page keeps the accessibility rules and the width of a phone', async ({
  page,
  model,
  homeserverUrl,
}) => {
  test.slow();
  await fillDemoWorld(model, 'small');
  await signIn(page, homeserverUrl, model.adminToken);
  await speak(page, 'ar-XB');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await page.setViewportSize(PHONE);
  await visitAll(page, model, async (name) => {
    await seeNoSidewaysScrolling(page, `${name} from right to left`);
    await seeNoAxeViolation(page, `${name} from right to left`);
  });
});
