/**
 * Names for registration tokens that give none of them away: journals, reports and addresses hold the name, and the token itself is in
 * the memory of this page alone. Reading the list of the homeserver makes the names known again.
 */

const known = new Map<string, string>();

/** FNV-1a, 32 bits. @param seed tells two of them apart */
function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    // oxlint-disable-next-line unicorn/prefer-code-point -- each unit counts, whatever it is half of
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  return hash >>> 0;
}

/** Letters of its own are shown of a long one only, for the eye. */
const LONG = 12;

/** `ab…yz.1x2c3v4b5n6m`: the same for the same token, on any page. */
export function nameOfToken(token: string): string {
  const mark = hashOf(token, 0x81_1c_9d_c5).toString(36) + hashOf(`${token}!`, 0x9e_37_79_b9).toString(36);
  const name = token.length < LONG ? `….${mark}` : `${token.slice(0, 2)}…${token.slice(-2)}.${mark}`;
  known.set(name, token);
  return name;
}

/** Undefined: this page has not seen it. */
export const tokenOfName = (name: string): string | undefined => known.get(name);

/** Whoever signs in next must not find them. */
export const forgetTokenNames = (): void => known.clear();
