import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { chromiumArgs } from './chromium.ts';

it('turns off all that Playwright turns off, since its own list is not read beside ours', async () => {
  const root = dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const source = await readFile(join(root, 'lib/coreBundle.js'), 'utf8');
  const [, list = ''] = /disabledFeatures = \[(.*?)\]\.filter/s.exec(source) ?? [];
  const theirs = [...list.matchAll(/^\s*"(\w+)",?$/gm)].map(([, name]) => name);
  expect(theirs).toContain('PaintHolding');
  const [ours = '', ...others] = chromiumArgs.filter((arg) => arg.startsWith('--disable-features='));
  expect(others).toEqual([]);
  expect(ours.split(/[=,]/)).toEqual(expect.arrayContaining(theirs));
});
