import * as z from 'zod/mini';
import { valueAt } from '~/lib/places';
import { sameJson } from '~/lib/same-json';
import { requestWithStatus, type Homeserver, type Path, type RequestSpec } from './request';
import { TextError } from '~/lib/text-error';
import type { FeatureId } from './since';
import type { Text } from '~/lib/text';

/**
 * A request as data, and how its answer is read. An action names its requests this way, so that a script, a copied curl command
 * and an undo need no code of their own.
 */
export interface Ask<Answer> {
  readonly request: RequestSpec<z.core.$ZodType>;
  /** @throws Mishap where the answer says that something else happened than was asked for */
  read(body: unknown, status: number): Answer;
  /** What an answer about the thing names, and where: a cache or a portal may answer with something else. */
  readonly about?: Subject | undefined;
  /** Asked before it; what that fails with, this fails with. */
  readonly first?: Ask<unknown>;
  /** Asked after it, to complete the answer: what one request alone can't tell. */
  more?(look: <Other>(one: Ask<Other>) => Promise<Other>): Promise<unknown>;
  /** How the answer to a change is known; `thing`: it is the thing as it is now, as a look would find it. */
  readonly success?: Success | 'thing';
}

export interface Subject {
  readonly at: readonly string[];
  readonly is: string;
}

/**
 * An answer that is exactly this, one that has some text under this key, or one whose list under this key has this name: those
 * that were deleted. Anything else is not the homeserver's.
 */
export type Success = { readonly exactly: unknown } | { readonly has: string } | Listing;
export interface Listing {
  readonly lists: string;
  readonly name: string;
}

/** What there is of a thing that is gone for good: the answer to its deletion said so, or a 404 where that is the goal. */
export const NOT_THERE = Symbol('not there');

/** One thing as it is. */
export function lookAsk<Schema extends z.core.$ZodType>(
  path: Path,
  schema: Schema,
  about?: Subject,
  feature?: FeatureId,
): Ask<z.output<Schema>> {
  const request = { path, schema, ...subjectOf(about), ...(feature && { feature }) };
  return { request, read: (body) => body as z.output<Schema>, about };
}

type Change = Omit<RequestSpec<z.core.$ZodType>, 'schema' | 'subject'>;

/** A change whose answer does not tell how the thing is now. */
export function changeAsk(request: Change, success: Exclude<Success, Listing>): Ask<null> {
  const schema =
    'has' in success
      ? z.object({ [success.has]: z.string() })
      : z.json().check(z.refine((answer) => sameJson(answer, success.exactly), 'unexpected answer'));
  return { request: { ...request, schema }, read: () => null, success };
}

/** A deletion that is answered with the names of what was deleted. A success that does not name this one deleted nothing. */
export function deleteAsk(request: Change, success: Listing): Ask<typeof NOT_THERE> {
  const schema = z.object({ [success.lists]: z.array(z.string()) });
  return {
    request: { ...request, schema },
    read(body) {
      const { [success.lists]: names } = body as z.output<typeof schema>;
      if (names?.includes(success.name)) return NOT_THERE;
      throw new Mishap(NOT_DELETED);
    },
    success,
  };
}

/** As the scripts say it, too. */
const NOT_DELETED = /*i18n*/ {
  id: 'api.not-deleted',
  message: 'The homeserver answered, but did not delete the file. Its disk may have refused.',
};

/** The homeserver took a change over as a task of its own. */
export class TaskStarted {
  /** By which it is asked how far it is. */
  readonly task: string;

  constructor(task: string) {
    this.task = task;
  }
}

/** A change that is answered with the ID of a task, under this key. */
export function startAsk(request: Change, key: string): Ask<TaskStarted> {
  const schema = z.object({ [key]: z.string() });
  return {
    request: { ...request, schema },
    read: (body) => new TaskStarted((body as z.output<typeof schema>)[key] ?? ''),
    success: { has: key },
  };
}

/** What the answer to a change says of it, where no look would. */
export class Told {
  readonly text: Text;

  constructor(text: Text) {
    this.text = text;
  }
}

/** It hands out something that is shown once and kept nowhere: an access token. */
export class Handed extends Told {
  readonly secret: string;

  constructor(text: Text, secret: string) {
    super(text);
    this.secret = secret;
  }
}

/** A change whose answer says something of it. */
export function tellAsk<Schema extends z.core.$ZodType>(
  request: Change & { schema: Schema },
  read: (body: z.output<Schema>) => Told,
): Ask<Told> {
  return { request, read: (body) => read(body as z.output<Schema>) };
}

/** A change that is answered with the thing as it is afterwards. */
export function changeOfAsk<Schema extends z.core.$ZodType>(
  request: Change & { schema: Schema },
  about: Subject,
  read: (body: z.output<Schema>, status: number) => z.output<Schema>,
): Ask<z.output<Schema>> {
  return {
    request: { ...request, ...subjectOf(about) },
    read: (body, status) => read(body as z.output<Schema>, status),
    about,
    success: 'thing',
  };
}

const subjectOf = (about: Subject | undefined) =>
  about && { subject: (body: unknown) => [String(valueAt(body, about.at)), about.is] as const };

/** The homeserver answered with a success that is none: an account was made by accident, or nothing was deleted. */
export class Mishap extends TextError {
  override readonly name = 'Mishap';
}

/** @throws HomeserverError, Mishap */
export async function send<Answer>(
  hs: Homeserver,
  { request, read, first, more }: Ask<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  if (first) await send(hs, first, signal);
  const { status, body } = await requestWithStatus(hs, { ...request, signal });
  const answer = read(body, status);
  return more ? ((await more((one) => send(hs, one, signal))) as Answer) : answer;
}
