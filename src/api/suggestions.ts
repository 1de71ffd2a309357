import { isLoopback, parseHomeserverUrl } from '~/lib/homeserver-url';
import { clientVersions, isVersions, wellKnown } from './homeserver';
import type { Look } from './look';
import { path, whereto } from './request';
import type { Cause } from './verdicts';

/** Another URL that may be the one that was meant. Only ever suggested, never swapped in. */
export interface Suggestion {
  url: string;
  /** `redirect`: what was typed leads there. `well-known`: its host says so. `neighbour`: a homeserver was found there. */
  by: 'redirect' | 'well-known' | 'neighbour';
}

const VERSIONS = path`/_matrix/client/versions`;

/** Where the base URL redirects to; null where the browser lets nobody read it. */
export async function redirectOf(look: Look, baseUrl: string): Promise<Redirect | null> {
  const seen = await look((signal) => whereto({ baseUrl }, VERSIONS, signal));
  if (!seen.ok || seen.value.url === '') return null;
  const { url, json } = seen.value;
  const base = url.endsWith(VERSIONS) ? parseHomeserverUrl(url) : null;
  return { url, isHomeserver: isVersions(json), baseUrl: base?.ok === true ? base.baseUrl : null };
}

export interface Redirect {
  /** As the browser followed it. */
  url: string;
  isHomeserver: boolean;
  /** The homeserver’s URL that it stands for; null where the path was not kept. */
  baseUrl: string | null;
}

/** Where what was typed may just be the wrong one of two usual URLs. Time run out, a 429 or a 502 are none of these. */
const MAY_BE_NEXT_DOOR: ReadonlySet<Cause | undefined> = new Set([
  'redirect',
  'cors',
  'not-a-homeserver',
  'unreachable',
  'mixed-content',
]);

/** What to try in the place of a URL where sign-in failed. Nobody but the host itself and its next names is asked. */
export async function suggest(
  look: Look,
  typed: string,
  {
    cause,
    redirect,
    discovers,
  }: { cause: Cause | undefined; redirect: Redirect | null; /** Whether its host is asked, too. */ discovers: boolean },
): Promise<Suggestion | null> {
  if (redirect?.isHomeserver && redirect.baseUrl !== null && redirect.baseUrl !== typed) {
    return { url: redirect.baseUrl, by: 'redirect' };
  }
  const said = discovers ? await saidByHost(look, typed) : null;
  if (said !== null) return { url: said, by: 'well-known' };
  if (!MAY_BE_NEXT_DOOR.has(cause)) return null;
  const found = await Promise.all(neighbours(typed).map(async (url) => ((await answers(look, url)) ? url : null)));
  const url = found.find((one) => one !== null);
  return url ? { url, by: 'neighbour' } : null;
}

async function saidByHost(look: Look, typed: string): Promise<string | null> {
  const seen = await look((signal) => wellKnown(new URL(typed).origin, signal));
  if (!seen.ok) return null;
  const parsed = parseHomeserverUrl(seen.value);
  return parsed.ok && parsed.baseUrl !== typed ? parsed.baseUrl : null;
}

async function answers(look: Look, baseUrl: string): Promise<boolean> {
  return (await look((signal) => clientVersions({ baseUrl }, signal))).ok;
}

/** Where redirects usually lead: from http to https, and from the bare domain to www. */
function neighbours(typed: string): string[] {
  const { protocol, hostname, pathname, port } = new URL(typed);
  if (isLoopback(hostname) || /^\[|^[\d.]+$/.test(hostname)) return [];
  const rest = pathname.replace(/\/+$/, '');
  // A port that was typed is http's own; https has another one.
  const place = protocol === 'http:' || port === '' ? '' : `:${port}`;
  const isBare = !/^(www|matrix)\./.test(hostname) && hostname.split('.').length <= 3;
  const names = [hostname, ...(isBare ? [`www.${hostname}`] : [])];
  return names.map((name) => `https://${name}${place}${rest}`).filter((url) => url !== typed);
}
