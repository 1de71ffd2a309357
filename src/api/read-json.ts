import * as z from 'zod/mini';
import { inTurns } from '~/lib/in-turns';
import { jsonInPieces } from '~/lib/json-in-pieces';
import type { Scrubber } from '~/lib/without-token';
import { parseJson } from './refusal';

/** Characters. To parse and check a longer answer may take longer than a click may wait, so that is done in turns with the page. */
export const LARGE = 200_000;

/** @returns undefined where it is no JSON. @param scrubber is applied to what there is. @throws what the signal was aborted with */
export async function readJson(text: string, scrubber: Scrubber, signal: AbortSignal | undefined): Promise<unknown> {
  if (text.length <= LARGE) {
    const json = parseJson(text);
    return json === undefined ? undefined : scrubber.json(json, text);
  }
  const look = (value: unknown, source: string) => scrubber.json(value, source);
  try {
    const json = await inTurns(jsonInPieces(text, look), () => signal?.aborted !== true);
    signal?.throwIfAborted();
    return json;
  } catch (error) {
    // Too deep for the browser: it is as good as no JSON.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** As `z.safeParse`. @param text what it was read from @throws what the signal was aborted with */
export async function check<Schema extends z.core.$ZodType>(
  schema: Schema,
  json: unknown,
  text: string,
  signal: AbortSignal | undefined,
) {
  if (text.length <= LARGE) return z.safeParse(schema, json);
  const checked = await z.safeParseAsync(schema, json);
  signal?.throwIfAborted();
  return checked;
}
