import type { Text } from '~/lib/text';
import { bashWord, scriptJson } from '~/lib/script-text';
import { queryString, type RequestSpec } from './request';
import type * as z from 'zod/mini';

/** The variable that the command takes the access token from: the token itself is never in it. */
export const CURL_TOKEN = 'TOKEN';

/**
 * @param json its body, as JSON that is inert already
 * @returns one request as a command for any POSIX shell, or why no shell can carry it
 */
export function curlCommand(
  baseUrl: string,
  { method = 'GET', path, query, body, json }: Omit<RequestSpec<z.core.$ZodType>, 'schema'> & { json?: string },
): { command: string } | { reason: Text } {
  // The only character of an encoded path that ends a quoted word of a shell. Percent-encoded it names the same thing.
  const rest = (path + queryString(query)).replaceAll("'", '%27');
  // As JSON's own escapes, so that whatever it holds, it is printable ASCII without a quote.
  const data = json ?? (body === undefined ? undefined : scriptJson(body));
  try {
    const words = [
      'curl',
      '--globoff',
      `--request ${method}`,
      `--header "Authorization: Bearer $${CURL_TOKEN}"`,
      ...(data === undefined ? [] : [`--header 'Content-Type: application/json'`, `--data-raw ${bashWord(data)}`]),
      bashWord(baseUrl + rest),
    ];
    return { command: words.join(' ') };
  } catch (error) {
    if (error instanceof RangeError) {
      return { reason: NO_COMMAND };
    }
    throw error;
  }
}

const NO_COMMAND = /*i18n*/ {
  id: 'api.no-command',
  message: 'This can’t be a shell command: it contains a zero byte or half of a character.',
};
