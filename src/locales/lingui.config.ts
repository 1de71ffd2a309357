import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';
import { FAMILIES } from './families.ts';

/**
 * Where messages are found, and which catalogue each goes into: `npm run texts` writes them, `npm run check` compares them. A file
 * without line numbers, in the order of its messages, changes only where a text changes.
 */
const catalogs = Object.entries(FAMILIES).map(([family, folders]) => ({
  path: `<rootDir>/src/locales/{locale}/${family}`,
  include: folders.map((folder) => `<rootDir>/src/${folder}`),
  exclude: ['**/*.spec.ts', '**/*.spec.tsx'],
}));

export default defineConfig({
  rootDir: new URL('../..', import.meta.url).pathname,
  sourceLocale: 'en',
  locales: ['en'],
  catalogs,
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: 'message',
});
