/** Where the lines of the reader’s language begin. English is the only one so far. */
export const writingDirection = (): 'ltr' | 'rtl' => 'ltr';
