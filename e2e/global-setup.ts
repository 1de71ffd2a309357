import { preview } from 'vite';

/** Serves the production build on a free port for the whole run; GLIA_URL names one that is served already. */
export default async function globalSetup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.GLIA_URL) return undefined;
  const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port: 41730, strictPort: false } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('The build could not be served. Was it built? (npm run build)');
  process.env.GLIA_URL = url;
  return () => server.close();
}
