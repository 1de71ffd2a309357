import type { Environment } from './environment';

/** `crypto.randomUUID` is missing on pages that come over plain http. */
export function newId(environment: Environment): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${environment.now().toString(36)}-${[...random].map((part) => part.toString(36)).join('')}`;
}
