import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What an eye would see, by name. */

/** No accessibility violation of any level. */
export async function seeNoAxeViolation(page: Page, where: string): Promise<void> {
  const results = await new AxeBuilder({ page }).analyze();
  const found = results.violations.map((violation) => ({
    where,
    rule: violation.id,
    nodes: violation.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  }));
  expect(found).toEqual([]);
}

/** The page itself does not scroll sideways. */
export async function seeNoSidewaysScrolling(page: Page, where: string): Promise<void> {
  const widths = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect({ where, ...widths }).toEqual({ where, page: widths.window, window: widths.window });
}
