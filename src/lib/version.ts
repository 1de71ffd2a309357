/** Of `package.json`, put in when Glia is built (`vite.config.ts`). */
declare const GLIA_VERSION: string;

/** “Glia 0.1.0”. A name, the same in each language. */
export const NAME_AND_VERSION = `Glia ${GLIA_VERSION}`;
