import type { Page } from '@playwright/test';
import { paths } from '../../src/lib/paths.ts';
import { LANGUAGES } from '../../src/locales/languages.ts';
import { fillDemoWorld } from '../../src/mocks/world.ts';
import { seeNoSidewaysScrolling } from '../eyes.ts';
import { appUrl, expect, test } from '../fixtures.ts';

/** Keeps the choice as the language menu does, before the page begins. */
const speakFromTheStart = (page: Page, tag: string) =>
  page.addInitScript((chosen) => localStorage.setItem('glia.language', chosen), tag);

/** What is read on the page, and is neither from outside (`bdi`, or isolated in a sentence) nor code. */
const wordsInEnglish = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent && !parent.closest('bdi, code, pre, script, style, noscript, textarea')) {
        texts.push(node.textContent ?? '');
      }
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(element.getAttribute(name) ?? '');
    }
    // Values from outside stand between the first two marks, mirrored words between the others; longer ones have other letters.
    return texts
      .map((text) => text.replaceAll(/[\u2066\u2068][^\u2069]*\u2069|\u202E[^\u202C]*\u202C/g, '').trim())
      .filter((text) => /[A-Za-z]{3,}/.test(text));
  });

/** Names, IDs, addresses, units, and dates in the numbers and months of English, whose formats the pseudo-languages keep. */
const NO_WORDS =
  /[@!#]\S+|[a-z]+:\/\/\S+|demo\.example|Demo Admin|f0000000-admin|m\.[a-z]\S+|[KMGT]iB|\d+ [A-Z][a-z]{2} \d{4}|Synapse|Glia|syt_…/g;
const names = LANGUAGES.map(({ name }) => name);
const untranslated = async (page: Page): Promise<string[]> =>
  (await wordsInEnglish(page)).filter((text) => {
    const words = names.reduce((rest, name) => rest.replace(name, ''), text).replaceAll(NO_WORDS, '');
    return /[A-Za-z]{3,}/.test(words);
  });

/** Everywhere an admin arrives first. */
const visits = (userId: string, roomId: string): readonly string[] => [
  paths.home(),
  paths.users(),
  paths.user(userId),
  paths.rooms(),
  paths.room(roomId),
  paths.jobs(),
  paths.job('gone'),
  paths.undoFile(),
  paths.bulk('user.deactivate'),
  paths.joinRooms(),
  paths.deleteMedia(),
  paths.externalIds(),
];

for (const [tag, dir] of [
  ['en-XA', 'ltr'],
  ['ar-XB', 'rtl'],
] as const) {
  test(`in ${tag} no page has a word that is not translated, and each fits a phone`, async ({
    page,
    model,
    homeserverUrl,
  }) => {
    test.slow();
    await fillDemoWorld(model, 'small');
    await speakFromTheStart(page, tag);
    await page.goto(appUrl());
    await expect(page.locator('html')).toHaveAttribute('dir', dir);
    await page.locator('input[type="url"], input[inputmode="url"]').first().fill(homeserverUrl);
    await page.locator('input[type="password"]').first().fill(model.adminToken);
    expect(await untranslated(page)).toEqual([]);
    await page.locator('button[type="submit"]').click();
    await expect(page.locator('nav')).toBeAttached();
    const roomId = [...model.state.rooms.keys()][0] ?? '';
    for (const path of visits(model.adminId, roomId)) {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(appUrl(path));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
      expect.soft([path, await untranslated(page)]).toEqual([path, []]);
      await seeNoSidewaysScrolling(page, `${path} ${tag}`);
    }
  });
}
