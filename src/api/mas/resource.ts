import * as z from 'zod/mini';
import { NOT_THERE, type Ask, type Subject } from '~/api/ask';
import { request, type Homeserver, type Path, type RequestSpec } from '~/api/request';

/**
 * MAS wraps each thing (`crates/handlers/src/admin/response.rs`): `{data: {type, id, attributes}}`. Outside of this folder a thing is
 * `{id, ...attributes}`. Ids are ULIDs: in the order in which things were made.
 */

export const ADMIN = '/api/admin/v1';

/** RFC 3339 in UTC; null: not set, or unknown to this version. */
export const time = z.nullish(z.string());

export type Plain<Schema extends z.core.$ZodType> = { readonly id: string } & z.output<Schema>;

/** A thing as it is wrapped. */
export interface Wrapped<Attributes> {
  readonly id: string;
  readonly attributes: Attributes;
}

export const wrapped = <Schema extends z.core.$ZodType>(attributes: Schema) => z.object({ id: z.string(), attributes });

export const plain = <Schema extends z.core.$ZodType>({ id, attributes }: Wrapped<unknown>): Plain<Schema> =>
  ({ ...(attributes as object), id }) as Plain<Schema>;

const oneOf = <Schema extends z.core.$ZodType>(attributes: Schema) => z.object({ data: wrapped(attributes) });

const unwrapped = <Schema extends z.core.$ZodType>(body: unknown): Plain<Schema> =>
  plain<Schema>((body as { data: Wrapped<unknown> }).data);

const named = (id: string): Subject => ({ at: ['data', 'id'], is: id });

type Sent = Pick<RequestSpec<z.core.$ZodType>, 'body' | 'secret' | 'handsOut'> & { method?: 'POST' | 'PUT' };

/** Looks at one thing, or changes it: the answer to a change is the thing as it is afterwards. Without `about` it is a new one. */
export function thingAsk<Schema extends z.core.$ZodType>(
  at: Path,
  attributes: Schema,
  about: Subject | string | undefined,
  sent: Sent = {},
): Ask<Plain<Schema>> {
  const subject = typeof about === 'string' ? named(about) : about;
  return {
    request: {
      api: 'mas',
      path: at,
      schema: oneOf(attributes),
      ...(subject && { subject: (body: unknown) => [saidAt(body, subject.at), subject.is] as const }),
      ...sent,
    },
    read: (body) => unwrapped<Schema>(body),
    about: subject,
    ...(sent.method && { success: 'thing' as const }),
  };
}

function saidAt(body: unknown, at: readonly string[]): string {
  let value = body;
  for (const name of at) value = (value as Record<string, unknown> | undefined)?.[name];
  return String(value);
}

/** The same as it was answered, wrapped: for what a script reads too. */
export const asAnswered = <Attributes extends { readonly id: string }>(
  ask: Ask<Attributes>,
): Ask<{ data: Wrapped<Omit<Attributes, 'id'>> }> => ({
  ...ask,
  read: (body) => body as { data: Wrapped<Omit<Attributes, 'id'>> },
});

/** A change that is answered without a word (204). */
export const silentAsk = (at: Path, sent: Sent): Ask<null> => ({
  request: { api: 'mas', path: at, schema: z.null(), ...sent },
  read: () => null,
});

/** A deletion (204). 404 where it is gone already. */
export const removalAsk = (at: Path): Ask<typeof NOT_THERE> => ({
  request: { api: 'mas', method: 'DELETE', path: at, schema: z.null() },
  read: () => NOT_THERE,
});

/** Reads something now. @throws HomeserverError */
export async function readNow<Answer>(hs: Homeserver, ask: Ask<Answer>, signal?: AbortSignal): Promise<Answer> {
  return ask.read(await request(hs, { ...ask.request, signal }), 200);
}
