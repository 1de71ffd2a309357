import babel from '@lingui/cli/api/extractors/babel';
import { defineConfig, type OrderByFn } from '@lingui/conf';
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

/** Babel hangs a comment on all that it stands before: on `{ … } as const`, where the extractor does not look for it. */
const extractor: typeof babel = {
  ...babel,
  extract: (file, code, ...rest) => babel.extract(file, code.replaceAll(/\} as const\b/g, '}'), ...rest),
};

const { compare } = new Intl.Collator('en-US');

/** The same words may stand under two IDs: without the second rule their order would change from run to run. */
const byMessage: OrderByFn = (one, other) =>
  compare(one.entry.message ?? '', other.entry.message ?? '') || compare(one.messageId, other.messageId);

export default defineConfig({
  extractors: [extractor],
  rootDir: new URL('../..', import.meta.url).pathname,
  sourceLocale: 'en',
  locales: ['en'],
  catalogs,
  format: formatter({ lineNumbers: false, origins: false }),
  orderBy: byMessage,
});
