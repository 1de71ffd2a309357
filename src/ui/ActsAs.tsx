import { createContext, use, type ReactNode } from 'react';

/** Which of several accounts is acted as; null where there is but one. Set once, around every page. */
export const ActsAsContext = createContext<ReactNode>(null);

/** Stands in every dialog that changes something, and above the last button of each review. */
export const ActsAs = (): ReactNode => use(ActsAsContext);
