/** The part before the colon, without the `@`. */
export const localpartOf = (userId: string): string => /^@([^:]+)/.exec(userId)?.[1] ?? userId;
