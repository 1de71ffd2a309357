import { CURL_TOKEN, curlCommand } from '~/api/curl';
import type { Path } from '~/api/request';
import { pythonText, scriptJson } from '~/lib/script-text';
import type { Text } from '~/lib/text';
import type { Method } from './catalogue/entry';

/** A request as it goes into a program. `body` is JSON. */
export interface Sendable {
  readonly baseUrl: string;
  readonly method: Method;
  readonly path: Path;
  readonly body: string;
}

export const CODES = ['curl', 'python', 'javascript'] as const;
export type Code = (typeof CODES)[number];

/** @returns text that runs as it is, with the token in the environment as TOKEN; or why there is none */
export function asCode(code: Code, request: Sendable): { text: string } | { reason: Text } {
  if (code !== 'curl') return { text: code === 'python' ? python(request) : javascript(request) };
  const { baseUrl, method, path, body } = request;
  const made = curlCommand(baseUrl, { method, path, ...(body !== '' && { json: inert(body) }) });
  return 'reason' in made ? made : { text: made.command };
}

/**
 * The same JSON on one line, in printable ASCII without a quote, a backtick or a dollar sign in its texts. Not read and written
 * anew: a number that is too long for JavaScript stays as it is.
 */
export const inert = (json: string): string =>
  json
    .replaceAll(/("(?:[^"\\]|\\.)*")|[ \t\n\r]+/g, (_, text: string | undefined) => text ?? '')
    .replaceAll(/[^ -~]|['`$]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const TYPE = 'Content-Type';
const JSON_TYPE = 'application/json';

/** Code, in no language that people speak. */
const code = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw({ raw: parts }, ...values);

/** With what each Python has. It follows a redirect unless it is told not to, and would take the token along. */
function python({ baseUrl, method, path, body }: Sendable): string {
  const headers = [
    `"Authorization": "Bearer " + os.environ["${CURL_TOKEN}"]`,
    ...(body === '' ? [] : [`"${TYPE}": "${JSON_TYPE}"`]),
  ];
  return [
    'import os',
    'import urllib.error',
    'import urllib.request',
    '',
    '',
    'class NoRedirect(urllib.request.HTTPRedirectHandler):',
    '    def redirect_request(self, *_):',
    '        return None',
    '',
    '',
    'request = urllib.request.Request(',
    `    ${pythonText(baseUrl + path)},`,
    `    method="${method}",`,
    `    headers={${headers.join(', ')}},`,
    ...(body === '' ? [] : [`    data=${pythonText(inert(body))}.encode(),`]),
    ')',
    'try:',
    '    answer = urllib.request.build_opener(NoRedirect).open(request)',
    code`except urllib.error.HTTPError as refusal:`,
    '    answer = refusal',
    'print(answer.code, answer.read().decode("utf-8", "replace"))',
    '',
  ].join('\n');
}

const FETCH = 'fetch';

/** For Node: a module, which can await anywhere. */
function javascript({ baseUrl, method, path, body }: Sendable): string {
  const headers = [
    `Authorization: "Bearer " + process.env.${CURL_TOKEN}`,
    ...(body === '' ? [] : [`"${TYPE}": "${JSON_TYPE}"`]),
  ];
  return [
    `const answer = await ${FETCH}(${scriptJson(baseUrl + path)}, {`,
    `  method: "${method}",`,
    code`  headers: { ${headers.join(', ')} },`,
    ...(body === '' ? [] : [`  body: ${scriptJson(inert(body))},`]),
    '  redirect: "manual",',
    '});',
    code`console.log(answer.status, await answer.text());`,
    '',
  ].join('\n');
}
