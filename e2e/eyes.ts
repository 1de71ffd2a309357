import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What an eye would see, by name. */

/** No accessibility violation of any level. @param part of the page, as a selector; all of it where none is named */
export async function seeNoAxeViolation(page: Page, where: string, part?: string): Promise<void> {
  // Where the pointer rests a tip may hang over the page: it is no part of it.
  await page.mouse.move(0, 0);
  // What is fading in has no contrast yet; one fade can begin another. They are brought to their end, and not waited for: a window
  // that the browser draws no frame of keeps them where they are. What never ends, such as a placeholder's pulse, is no part of this.
  await page.evaluate(async () => {
    for (;;) {
      const fading = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
      if (fading.length === 0) return;
      for (const one of fading) one.finish();
      await new Promise((resolve) => setTimeout(resolve));
    }
  });
  const found = (await violationsOf(page, part)).map((violation) => ({
    where,
    rule: violation.id,
    nodes: violation.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  }));
  expect(found).toEqual([]);
}

/**
 * Within the page itself, which has no frames of other sites: left alone, axe opens a window for each look, only to write its
 * report there. It stays in the page for the next look, and reports what is wrong only.
 */
async function violationsOf(page: Page, part?: string) {
  const isThere = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: 'void 0' }) });
  if (part !== undefined) axe.include(part);
  axe.setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations;
}

/**
 * The same in the light and in the dark scheme, between which the open page changes. With motion: without it, each element would
 * take a moment of its own to change, one level after the other.
 */
export async function seeNoAxeViolationInEitherScheme(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'no-preference' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await seeNoAxeViolation(page, `${where} ${colorScheme}`);
  }
}

/** The page itself does not scroll sideways, once a change of its width has been laid out. */
export async function seeNoSidewaysScrolling(page: Page, where: string): Promise<void> {
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overhang, { message: `${where}: px beyond the window` }).toBe(0);
}
