import { createStore } from '~/lib/store';

/**
 * The path that the router is at, or on its way to: as soon as it is asked to go there, which is before anything is rendered.
 * Null: nobody says. The app tells it; see `useListParams`.
 */
export const headingTo = createStore<string | null>(null);
