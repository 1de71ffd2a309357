import type { Words } from '~/lib/words';

/** The index of requests: what a homeserver can be asked, as data. */

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface QueryParameter {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean';
  /** The only values that it may have. */
  readonly options?: readonly string[];
  readonly required?: true;
}

/** One method of one path. */
export interface Entry {
  readonly method: Method;
  /** With `{name}` in the place of each part that changes. */
  readonly template: string;
  /** What it does, in a sentence. */
  readonly about: Words;
  readonly query?: readonly QueryParameter[];
  /** A body that works once its values are filled in. Missing: it takes none. */
  readonly body?: unknown;
  /** The first Synapse that has it. Missing: every one that Glia works with. */
  readonly since?: string;
  /** Behind MAS: not there at all, or there without effect. */
  readonly mas?: 'gone' | 'no-effect';
  /** What is lost, for those that destroy: said before it is sent. */
  readonly destroys?: Words;
  /** It only reads, though it is a POST. */
  readonly reads?: true;
  /** An older form of another one, which Glia uses instead; or one that nobody should use, and why. */
  readonly advice?: Words;
}

export interface Chapter {
  readonly label: Words;
  readonly entries: readonly Entry[];
}

export const text = (name: string): QueryParameter => ({ name, kind: 'text' });
export const number = (name: string): QueryParameter => ({ name, kind: 'number' });
export const needed = (parameter: QueryParameter): QueryParameter => ({ ...parameter, required: true });
export const flag = (name: string): QueryParameter => ({ name, kind: 'boolean', options: ['true', 'false'] });
/** @param options with commas between them */
export const choice = (name: string, options: string): QueryParameter => ({
  name,
  kind: 'text',
  options: options.split(','),
});

export const PAGE: readonly QueryParameter[] = [number('from'), number('limit')];
export const DIRECTION = choice('dir', 'f,b');

export const nameOf = ({ method, template }: Pick<Entry, 'method' | 'template'>): string => `${method} ${template}`;
