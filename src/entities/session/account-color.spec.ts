import { DEFAULT_THEME, luminance } from '@mantine/core';
import { expect, it } from 'vitest';
import { ACCOUNT_COLORS } from '~/data/account-looks';
import { SHADES } from './account-color';

/** As WCAG counts it. */
function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const SURFACES = { light: ['#ffffff', '#f6f8fa', '#f1f3f5'], dark: ['#1f2226', '#17191c', '#282c32'] } as const;

it.each(ACCOUNT_COLORS)('%s can be seen on every surface, light and dark', (color) => {
  for (const scheme of ['light', 'dark'] as const) {
    const shade = DEFAULT_THEME.colors[color]?.[SHADES[scheme]] ?? '';
    for (const surface of SURFACES[scheme]) expect(contrast(shade, surface)).toBeGreaterThanOrEqual(3);
  }
});
