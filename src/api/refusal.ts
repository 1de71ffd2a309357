import * as z from 'zod/mini';
import { withoutSecret, withoutToken, type Scrubber } from '~/lib/without-token';
import { HomeserverError, type ErrorFacts } from './errors';
import { excerpt } from './excerpt';

/** What an answer that is no success says, and who said it: Synapse or MAS, or something in front of them. */

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const matrixErrorSchema = z.object({
  errcode: z.string(),
  error: z.optional(z.string()),
  // Whatever it is: a number that can't be read must not cost the words beside it.
  retry_after_ms: z.optional(z.unknown()),
});

/**
 * Takes out of an answer what was sent with the request and must stay unread. A secret may be an ordinary word, so it is taken out of
 * words alone: the names and states of an answer would be spoiled, and a success not known as one.
 */
export function scrubberFor(
  { token }: { token?: string | undefined },
  { secret }: { secret?: string | undefined },
): Scrubber {
  const ofToken = withoutToken(token);
  if (secret === undefined) return ofToken;
  const ofSecret = withoutSecret(secret);
  return { text: (text) => ofSecret.text(ofToken.text(text)), json: ofToken.json };
}

interface Refusing {
  status: number;
  text: string;
  isHidden?: boolean | undefined;
}

const masErrorSchema = z.object({ errors: z.array(z.object({ title: z.string() })).check(z.minLength(1)) });

/** The words of MAS: a chain of causes in JSON, or one line of its HTTP library about a body that it could not read. */
function masWords(json: unknown, { status, text: serverReason }: Refusing): string | undefined {
  const errors = z.safeParse(masErrorSchema, json);
  if (errors.success) return errors.data.errors.map(({ title }) => title).join(': ');
  if (status !== 400 && status !== 415 && status !== 422) return undefined;
  return /^(?:Expected request with|Failed to \w+ the) /.test(serverReason) ? serverReason : undefined;
}

/** Its words are kept in reports and journals: what echoes the request must not bring the token there. */
export function refusal(scrubber: Scrubber, { status, text, isHidden }: Refusing, facts: Omit<ErrorFacts, 'kind'>) {
  const json = scrubber.json(parseJson(text));
  if (facts.api === 'mas') {
    const words = masWords(json, { status, text });
    if (words !== undefined) {
      const serverReason = scrubber.text(words).slice(0, 500);
      return new HomeserverError({ kind: 'matrix', ...facts, status, serverReason });
    }
  }
  const matrix = z.safeParse(matrixErrorSchema, json);
  if (facts.api === 'mas' || !matrix.success) {
    const words = isHidden ? undefined : excerpt(text, scrubber);
    return new HomeserverError({ kind: 'http', ...facts, status, serverReason: words });
  }
  const { retry_after_ms: retryAfterMs } = matrix.data;
  return new HomeserverError({
    kind: 'matrix',
    ...facts,
    status,
    errcode: matrix.data.errcode,
    ...(matrix.data.error !== undefined && { serverReason: scrubber.text(matrix.data.error) }),
    ...(Number.isFinite(retryAfterMs) && { retryAfterMs: retryAfterMs as number }),
  });
}
