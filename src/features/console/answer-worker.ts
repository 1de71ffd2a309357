import { laidOut } from './laid-out';

/** Lays out answers of megabytes: the page stays free meanwhile. */
addEventListener('message', ({ data }: MessageEvent<string>) => {
  const made = laidOut(data);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  (globalThis as unknown as Worker).postMessage(made, [made.starts.buffer]);
});
