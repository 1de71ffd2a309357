import type { Homeserver } from './request';

/**
 * Whether requests to the homeserver share one connection (HTTP/2, HTTP/3), as the browser tells of those it made before.
 * False where it does not tell: of another origin only with `Timing-Allow-Origin`, which Synapse does not send.
 */
export function sharesConnection({ baseUrl }: Pick<Homeserver, 'baseUrl'>): boolean {
  const made = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const last = made.findLast(({ name, nextHopProtocol }) => name.startsWith(`${baseUrl}/`) && nextHopProtocol !== '');
  return last !== undefined && /^h[23]/.test(last.nextHopProtocol);
}
