import type { ReactElement } from 'react';

/**
 * Words that hold something from outside, for a place in `Trans`: it would search a plain string for marks of rich text, and
 * take those of a display name for its own.
 */
export const verbatim = (words: string): ReactElement => <>{words}</>;
