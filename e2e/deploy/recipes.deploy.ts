import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { unpackedRelease } from './release.ts';
import { recipes, start } from './web-servers.ts';
import type { Running } from './web-servers.ts';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
}

/** As it comes: `fetch` would decode it and follow. @param encodings what the client takes */
function head(url: string, encodings: string): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  request(url, { headers: { 'accept-encoding': encodings } }, (answer) => {
    answer.resume();
    resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
  })
    .on('error', reject)
    .end();
  return promise;
}

for (const recipe of recipes) {
  test.describe(`${recipe.name} at ${recipe.prefix}`, () => {
    let server: Running;
    let files: string;
    test.beforeAll(async () => {
      files = await unpackedRelease();
      server = await start(recipe, files);
    });
    test.afterAll(() => server.stop());

    test('the page opens and the demo homeserver answers, with no request beside it and no word against the policy', async ({
      page,
    }) => {
      const faults: string[] = [];
      page.on('console', (message) => {
        // The one file that need not be there.
        const isUsual = message.location().url.endsWith('/config.json');
        if (message.type() === 'error' && !isUsual) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('requestfailed', (failed) => faults.push(`failed: ${failed.url()}`));
      page.on('response', (answer) => {
        const isUsual = answer.status() === 404 && new URL('config.json', server.url).href === answer.url();
        if (answer.status() >= 400 && !isUsual) faults.push(`${answer.status()}: ${answer.url()}`);
      });
      await page.goto(server.url);
      await page.getByRole('button', { name: 'Try the demo homeserver' }).click();
      await page.getByRole('link', { name: 'Users', exact: true }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
      await expect(page.getByRole('row').nth(1)).toBeVisible();
      expect(faults).toEqual([]);
    });

    test('the page is asked for anew each time and can’t be framed; what is named by its content is kept for good', async () => {
      const page = await head(server.url, 'identity');
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(page.headers['x-content-type-options']).toBe('nosniff');
      expect(page.headers['referrer-policy']).toBe('no-referrer');
      const html = await (await fetch(server.url)).text();
      const script = /assets\/[^"]+\.js/.exec(html)?.[0] ?? '';
      for (const encoding of recipe.encodings) {
        const asset = await head(new URL(script, server.url).href, encoding);
        expect(asset.status).toBe(200);
        expect(asset.headers['content-encoding']).toBe(encoding);
        expect(asset.headers['content-type']).toMatch(/^(text|application)\/javascript/);
        expect(asset.headers['cache-control']).toContain('immutable');
      }
      const plain = await head(new URL(script, server.url).href, 'identity');
      expect(plain.headers['content-encoding']).toBeUndefined();
    });

    test('a config.json beside the page is what Glia goes by', async ({ page }) => {
      const file = join(files, 'config.json');
      writeFileSync(file, '{"restrictBaseUrl": "https://matrix.example.org"}');
      try {
        await page.goto(server.url);
        await expect(page.getByLabel('Homeserver URL')).toHaveValue('https://matrix.example.org');
      } finally {
        rmSync(file);
      }
    });

    test('a page that did not change is not sent again, and what does not exist is 404', async () => {
      const first = await fetch(server.url);
      const tag = first.headers.get('etag');
      expect(tag).not.toBeNull();
      const second = await fetch(server.url, { headers: { 'If-None-Match': tag ?? '' } });
      expect(second.status).toBe(304);
      expect((await head(new URL('nothing.html', server.url).href, 'identity')).status).toBe(404);
      expect((await head(new URL('assets/', server.url).href, 'identity')).status).toBeGreaterThanOrEqual(403);
    });

    if (recipe.prefix !== '/') {
      test('the path without its slash leads to the one with it', async () => {
        const { status, headers } = await head(server.url.slice(0, -1), 'identity');
        expect([301, 308]).toContain(status);
        expect(new URL(String(headers.location), server.url).href).toBe(server.url);
      });
    }

    if (recipe.name.startsWith('the image')) {
      test('it says that it is well, and has written no file', async () => {
        expect(await (await fetch(`http://127.0.0.1:${server.port}/health`)).text()).toBe('ok');
        test.skip(server.user === null, 'only root can start it as another user');
        const found = spawnSync('find', ['/tmp', '/var', '/dev/shm', '/run', '-xdev', '-uid', String(server.user)], {
          encoding: 'utf8',
        });
        expect(found.stdout.split('\n').filter((path) => path !== '' && !path.startsWith('/tmp/glia-web-'))).toEqual(
          [],
        );
      });
    }
  });
}
