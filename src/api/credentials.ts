/**
 * Whether requests to the homeserver carry the browser's cookies. Usually not: Synapse answers `Access-Control-Allow-Origin: *`, with
 * which a request from another origin that carries them fails. A proxy in front of it that asks for them has to answer otherwise.
 */
let mode: RequestCredentials = 'omit';

export const credentials = (): RequestCredentials => mode;

export function sendCredentials(next: RequestCredentials): void {
  mode = next;
}
