import type { AccountColor } from '~/data/account-looks';

/** Which shades of Mantine's colours: each 3 to 1 and better on the surfaces of its scheme. */
export const SHADES = { light: 8, dark: 4 } as const;

/** As a CSS colour. */
export const cssColor = (color: AccountColor): string =>
  `light-dark(var(--mantine-color-${color}-${SHADES.light}), var(--mantine-color-${color}-${SHADES.dark}))`;
