import { afterEach, expect, it, vi } from 'vitest';
import { MockHomeserver } from '~/mocks/homeserver';
import { uploadFile } from './media';

const model = new MockHomeserver();
const hs = { baseUrl: 'https://demo.example', token: model.adminToken };

afterEach(() => vi.unstubAllGlobals());

it('uploads a file as it is, with its type and name, for the signed-in admin', async () => {
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => model.handle(new Request(url, init)));
  const mxcUrl = await uploadFile(hs, new Blob(['12345'], { type: 'image/png' }), 'me & you.png');
  const [file] = model.state.media.values();
  expect(mxcUrl).toBe(`mxc://demo.example/${file?.media_id}`);
  expect(file).toMatchObject({
    user_id: model.adminId,
    media_type: 'image/png',
    media_length: 5,
    upload_name: 'me & you.png',
  });
});

it('follows no redirect with the token, and takes no page of a proxy for an address', async () => {
  const asked: RequestInit[] = [];
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    asked.push(init);
    return Promise.resolve(new Response('<html>Welcome</html>', { status: 200 }));
  });
  await expect(uploadFile(hs, new Blob(['x']), 'x')).rejects.toMatchObject({ kind: 'http' });
  expect(asked[0]?.redirect).toBe('manual');
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ content_uri: 'https://elsewhere.example/x' })));
  await expect(uploadFile(hs, new Blob(['x']), 'x')).rejects.toMatchObject({ kind: 'shape' });
});
