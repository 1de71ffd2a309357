/** For what hangs over a page: a portal inside its main part, so that it is in a landmark, as all content has to be. */
export const IN_MAIN = { target: '#main' } as const;
