import { useLayoutEffect, useMemo, useRef } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { headingTo } from './heading-to';

export interface ListParams<State> {
  /** Never throws: what can't be read is as usual. */
  read(params: URLSearchParams): State;
  write(state: State): URLSearchParams;
}

/**
 * A list's state, kept in the URL and nowhere else; what else stands there (which tab is open) stays. A change begins again at page 1, unless it is about the page or the
 * columns. `replace`: leaves no step in the history (each letter that is typed).
 */
export function useListParams<State extends { page: number }>(
  params: ListParams<State>,
): [State, (patch: Partial<State>, options?: { replace?: boolean }) => void] {
  const [search, setSearch] = useSearchParams();
  const state = useMemo(() => params.read(search), [params, search]);
  // A change is shown a moment after it was asked for (the router renders in a transition): a second one, asked for in
  // between, goes on from the first and not from what is still shown, or it would undo it.
  const latest = useRef(state);
  useLayoutEffect(() => {
    latest.current = state;
  }, [state]);
  const { pathname } = useLocation();
  const change = (patch: Partial<State>, { replace = false } = {}) => {
    // A search that is written down a moment after the last key would call off the way to another page, and lead back here.
    if ((headingTo.get() ?? pathname) !== pathname) return;
    const samePage = 'page' in patch || 'columns' in patch;
    const next = { ...latest.current, ...(samePage ? {} : { page: 1 }), ...patch };
    latest.current = next;
    setSearch(
      (before) => {
        const after = params.write(next);
        for (const [name, value] of before) if (!(name in next)) after.append(name, value);
        return after;
      },
      { replace, preventScrollReset: true },
    );
  };
  return [state, change];
}
