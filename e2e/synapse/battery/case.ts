import type { Ask } from '../client.ts';
import type { World } from '../world.ts';

/** What a request may draw on: the world both homeservers were filled with, and what earlier answers of this one held. */
export interface Scene {
  world: World;
  kept: Map<string, string>;
}

export interface Sent extends Omit<Ask, 'token'> {
  path: string;
  /** `admin` unless said otherwise; any other word is the token itself. */
  as?: string;
}

export interface Case {
  title: string;
  /** What synapse-admin-api.md says: the status, and the errcode of a refusal. */
  says: string;
  ask: (scene: Scene) => Sent;
  /** What older versions say: before that version, the status and errcode. The oldest first. */
  older?: readonly (readonly [before: string, says: string])[];
  /** Paths into the body whose values must be the same too, such as `users[].name`. */
  same?: readonly string[];
  /** `rooms by name`: SQLite sorts nulls first where Postgres sorts them last, so that rows without are compared last. */
  sortedBy?: { list: string; key: string };
  /** Response headers whose values must be the same too. */
  headers?: readonly string[];
  /** Name → path of a value that later cases need. */
  keep?: Record<string, string>;
  /** Asked again until this holds (background work), for at most 15 s. */
  until?: (status: number, body: unknown) => boolean;
}

export type Options = Omit<Case, 'title' | 'says' | 'ask'>;
export type Where = string | ((scene: Scene) => string);

const at = (where: Where, scene: Scene): string => (typeof where === 'string' ? where : where(scene));

/** A case without a body. */
export const bare =
  (method: string) =>
  (title: string, says: string, where: Where, options: Options & { as?: string } = {}): Case => {
    const { as, ...rest } = options;
    return { title, says, ask: (scene) => ({ method, path: at(where, scene), as: as && tokenOf(as, scene) }), ...rest };
  };

/** A case with a JSON body; a string body is sent as it is. */
export const withBody =
  (method: string) =>
  (title: string, says: string, where: Where, body: unknown, options: Options & { as?: string } = {}): Case => {
    const { as, ...rest } = options;
    const content = (scene: Scene): unknown =>
      typeof body === 'function' ? (body as (s: Scene) => unknown)(scene) : body;
    return {
      title,
      says,
      ask: (scene) => {
        const value = content(scene);
        const sent = typeof value === 'string' ? { raw: value } : { json: value };
        return { method, path: at(where, scene), as: as && tokenOf(as, scene), ...sent };
      },
      ...rest,
    };
  };

function tokenOf(as: string, { world }: Scene): string {
  if (as === 'user') return world.userToken;
  if (as === 'guest') return world.guestToken ?? 'none';
  return as;
}

export const get = bare('GET');
export const del = bare('DELETE');
export const postNothing = bare('POST');
export const post = withBody('POST');
export const put = withBody('PUT');
export const delWith = withBody('DELETE');

export const kept = (scene: Scene, name: string): string => {
  // Where the version has no such endpoint, no answer held it: what is asked with it is not there either.
  return scene.kept.get(name) ?? `no-answer-held-${name}`;
};

/** Names the chapter in a case's title. */
export const chapter =
  (name: string) =>
  (entry: Case): Case => {
    const { title, ...rest } = entry;
    return { title: `${name} · ${title}`, ...rest };
  };
