import { fileURLToPath } from 'node:url';
import { makeConfig } from '@lingui/conf';
import babel from '@rolldown/plugin-babel';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import glia from './package.json' with { type: 'json' };
import linguiConfig from './src/locales/lingui.config.ts';
import { poCatalogues } from './src/locales/po-catalogues.ts';

export default defineConfig({
  // Relative asset URLs: the build works from any sub-path of any static host.
  base: './',
  plugins: [
    // Texts: the macros become calls that hold the English, by which a translation is looked up.
    babel({
      include: /\/src\/(app|entities|features|locales|ui|main)[^?]*\.tsx?$/,
      plugins: [
        ['@lingui/babel-plugin-lingui-macro', { descriptorFields: 'message', linguiConfig: makeConfig(linguiConfig) }],
      ],
    }),
    poCatalogues(),
    react(),
  ],
  // `lib/version`.
  define: { GLIA_VERSION: JSON.stringify(glia.version) },
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    rolldownOptions: {
      output: {
        // What the sign-in page needs, in one file: left alone, the bundler makes a handful of tiny shared chunks, and it
        // would ask for each of them.
        codeSplitting: {
          groups: [{ name: 'start', tags: ['$initial'] }],
        },
      },
    },
    target: 'es2023',
    // Browsers with light-dark() of their own: its polyfill does not see Mantine's colour scheme.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The demo homeserver with MSW is 500 kB, loaded only by who asks for it; what all load is held by `npm run size`.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  // A Synapse is installed below .cache by the tests: no reason to load the page again.
  server: { port: 5173, watch: { ignored: ['**/.cache/**'] } },
  preview: { port: 4173 },
  test: {
    include: ['src/**/*.spec.ts', 'e2e/**/*.spec.ts'],
    setupFiles: ['src/locales/language.ts'],
    environment: 'node',
    // A slow machine is no failure.
    testTimeout: 20_000,
    // Left alone, Vitest keeps one core for itself: on two that is half of them.
    maxWorkers: '100%',
    reporters: process.env.CI ? ['default', ['json', { outputFile: '.cache/results/unit.json' }]] : ['default'],
  },
});
