import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What an eye would see, by name. */

/** No accessibility violation of any level. */
export async function seeNoAxeViolation(page: Page, where: string): Promise<void> {
  // Where the pointer rests a tip may hang over the page: it is no part of it.
  await page.mouse.move(0, 0);
  // What is fading in has no contrast yet. What never ends, such as a placeholder's pulse, is no part of this.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );
  const results = await new AxeBuilder({ page }).analyze();
  const found = results.violations.map((violation) => ({
    where,
    rule: violation.id,
    nodes: violation.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  }));
  expect(found).toEqual([]);
}

/** The page itself does not scroll sideways, once a change of its width has been laid out. */
export async function seeNoSidewaysScrolling(page: Page, where: string): Promise<void> {
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overhang, { message: `${where}: px beyond the window` }).toBe(0);
}
