import { createContext, use } from 'react';

/** Why nothing may be changed now, in words; null: it may. */
export const Held = createContext<string | null>(null);

/** For the buttons that begin a change. */
export const useHeld = (): string | null => use(Held);
