import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative asset URLs: the build works from any sub-path of any static host.
  base: './',
  plugins: [react()],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2023', modulePreload: { polyfill: false }, reportCompressedSize: false, manifest: true },
  server: { port: 5173 },
  preview: { port: 4173 },
  test: {
    include: ['src/**/*.spec.ts'],
    environment: 'node',
    reporters: process.env.CI ? ['default', ['json', { outputFile: '.cache/results/unit.json' }]] : ['default'],
  },
});
