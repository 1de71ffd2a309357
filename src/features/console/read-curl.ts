import { msg } from '@lingui/core/macro';
import type { Words } from '~/lib/words';
import type { Method } from './catalogue/entry';
import { METHODS, type Draft } from './draft';
import { shellWords } from './shell-words';

/** What a pasted command was read as, and what of it was left out. */
export interface ReadCurl {
  readonly draft: Draft;
  /** It held an access token, or another sign-in. */
  readonly hadToken: boolean;
  /** Where it would have been sent, where that is another homeserver. */
  readonly elsewhere: string | null;
  /** Headers and options that Glia doesn’t send. */
  readonly ignored: readonly string[];
}

export const looksLikeCurl = (text: string): boolean => /^\s*(?:\$\s+)?curl(?:\.exe)?\s/.test(text);

/** Options that are followed by a word, and say nothing about what is sent. */
const WITH_WORD = new Set(
  ['-o', '--output', '-m', '--max-time', '--connect-timeout', '-A', '--user-agent', '-w', '--write-out', '-e'].concat([
    '--referer',
    '--retry',
    '--cacert',
    '-x',
    '--proxy',
    '--resolve',
    '-D',
    '--dump-header',
    '-c',
    '--cookie-jar',
  ]),
);
const DATA = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json']);
const SIGN_INS = new Set(['-u', '--user', '--oauth2-bearer', '-b', '--cookie']);
/** Short options that may be written in one with their word: `-XPOST`. */
const SHORT = /^(-[XHdumoAwexDcb])(.+)$/s;

/** @param baseUrl of the homeserver that it would be sent to */
export function readCurl(pasted: string, baseUrl: string): ReadCurl | { problem: Words } {
  const words = shellWords(pasted.trim().replace(/^\$\s+/, ''));
  if (words === null) return { problem: msg`A quote in this command is not closed.` };
  const state = { method: '', urls: [] as string[], data: [] as string[], isGet: false, hadToken: false };
  const ignored: string[] = [];
  const queue = words.slice(1);
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const [, short, joined] = SHORT.exec(word) ?? [];
    const [, long, equals] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    const option = short ?? long ?? word;
    const next = () => joined ?? equals ?? queue.shift() ?? '';
    if (option === '-X' || option === '--request') state.method = next().toUpperCase();
    else if (option === '-H' || option === '--header') readHeader(next(), state, ignored);
    else if (DATA.has(option)) state.data.push(next());
    else if (option === '--url') state.urls.push(next());
    else if (option === '-G' || option === '--get') state.isGet = true;
    else if (SIGN_INS.has(option)) {
      next();
      state.hadToken = true;
    } else if (WITH_WORD.has(option)) next();
    else if (/^-{1,2}[\w#]/.test(word)) {
      if (!HARMLESS.test(word)) ignored.push(word);
    } else if (/^[|;&<>]/.test(word)) break;
    else state.urls.push(word);
  }
  return madeOf(state, ignored, baseUrl);
}

/** They change how curl works or shows, not what it sends. */
const HARMLESS =
  /^(?:-[sSikLvfgN#]+|--(?:silent|show-error|include|insecure|location|verbose|fail|compressed|globoff|http1\.1|http2|no-buffer))$/;

interface State {
  method: string;
  urls: string[];
  data: string[];
  isGet: boolean;
  hadToken: boolean;
}

function readHeader(header: string, state: State, ignored: string[]): void {
  const name = header.split(':')[0]?.trim().toLowerCase() ?? '';
  if (name === 'authorization' || name === 'cookie') state.hadToken = true;
  // What the browser sends by itself, or Glia does.
  else if (!['content-type', 'accept', 'accept-encoding', 'user-agent', 'content-length', 'host'].includes(name)) {
    ignored.push(header.split(':')[0]?.trim() ?? '');
  }
}

function madeOf({ method, urls, data, isGet, ...state }: State, ignored: string[], baseUrl: string) {
  const [address = ''] = urls;
  const [, host = '', rest = ''] = /^((?:https?:\/\/)?[^/?#]*)?(\/[^#]*)?/i.exec(address) ?? [];
  if (rest === '') return { problem: msg`This command has no URL with a path.` };
  if (data.some((one) => one.startsWith('@')))
    return { problem: msg`This command sends a file. Paste the content instead.` };
  let { hadToken } = state;
  // A base URL may have a path of its own, and so may that of another server.
  const inUrl = rest.indexOf('/_matrix/') < 0 ? rest.indexOf('/_synapse/') : rest.indexOf('/_matrix/');
  let path = inUrl < 0 ? rest : rest.slice(inUrl);
  const [bare = '', ...queries] = path.split('?');
  const params = new URLSearchParams(queries.join('?'));
  if (params.has('access_token')) {
    hadToken = true;
    params.delete('access_token');
    path = params.size === 0 ? bare : `${bare}?${params}`;
  }
  const body = data.join('&');
  if (isGet && body !== '') path += `${path.includes('?') ? '&' : '?'}${body}`;
  const usual = body !== '' && !isGet ? 'POST' : 'GET';
  const verb = method === '' || method === 'HEAD' ? usual : method;
  if (!isMethod(verb)) return { problem: msg`Synapse knows no such method.` };
  const there = `${/^https?:/i.test(host) ? host : `https://${host}`}${inUrl > 0 ? rest.slice(0, inUrl) : ''}`;
  const isHere = host === '' || host.includes('$') || sameAddress(there, baseUrl);
  return {
    draft: { method: verb, path, body: isGet ? '' : body },
    hadToken,
    elsewhere: isHere ? null : host,
    ignored,
  };
}

const isMethod = (verb: string): verb is Method => (METHODS as readonly string[]).includes(verb);
const sameAddress = (one: string, other: string): boolean => URL.parse(one)?.href === URL.parse(other)?.href;
