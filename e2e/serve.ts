import { preview } from 'vite';

/** `npm start`: serves the production build and says where. */
const server = await preview({
  preview: { host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT ?? 4173) },
});
const url = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];
console.log(`
  Glia is served at ${url}
  Open it, then paste your homeserver's URL and an access token, or try the demo homeserver.
  Stop with Ctrl+C.
`);
