import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { makeRelease, unpackedRelease } from './release.ts';

test('the same commit gives the same archive, and its sum stands beside it', () => {
  const named = readFileSync('release/glia.tar.gz.sha256', 'utf8').split(' ')[0];
  expect(makeRelease()).toBe(named);
});

test('each compressed file is the file beside it', async () => {
  const folder = await unpackedRelease();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const compressed = names.filter((name) => /\.(br|gz)$/.test(name));
  expect(compressed).toContain('index.html.br');
  for (const name of compressed) {
    const bytes = readFileSync(join(folder, name));
    const plain = readFileSync(join(folder, name.slice(0, -3)));
    expect((name.endsWith('.br') ? brotliDecompressSync(bytes) : gunzipSync(bytes)).equals(plain), name).toBe(true);
  }
  expect(existsSync(join(folder, '.vite'))).toBe(false);
});

test('the list of packages names those that are in it, with their licences', () => {
  const bom = JSON.parse(readFileSync('release/glia.cdx.json', 'utf8')) as {
    bomFormat: string;
    components: { name: string; licenses?: unknown[] }[];
  };
  expect(bom.bomFormat).toBe('CycloneDX');
  expect(bom.components.map(({ name }) => name)).toContain('react');
  expect(bom.components.map(({ name }) => name)).not.toContain('vitest');
  expect(bom.components.filter(({ licenses }) => !licenses?.length)).toEqual([]);
});
