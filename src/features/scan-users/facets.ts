import { useEffect, useState } from 'react';
import type { ScannedUser } from '~/job-store/scanned-user';
import { eachInSlices } from '~/jobs/in-slices';
import { domainOf } from './filter';

/** What there is to filter by, and of how many users: the most common first. */
export interface Facets {
  readonly providers: readonly Facet[];
  readonly types: readonly Facet[];
  readonly appservices: readonly Facet[];
  readonly domains: readonly Facet[];
}
export interface Facet {
  readonly value: string;
  readonly users: number;
}

export const NO_FACETS: Facets = { providers: [], types: [], appservices: [], domains: [] };

/** As many domains are offered; others can be typed. */
const MOST = 100;

export async function facetsOf(users: readonly ScannedUser[]): Promise<Facets> {
  const [providers, types, appservices, domains] = [0, 1, 2, 3].map(() => new Map<string, number>()) as [
    Counts,
    Counts,
    Counts,
    Counts,
  ];
  await eachInSlices(users, ({ externalIds, userType, appservice, emails }) => {
    // Each user counts once, however many IDs of a provider they have.
    for (const one of new Set(externalIds.map(({ auth_provider }) => auth_provider))) count(providers, one);
    if (userType !== null && userType !== '') count(types, userType);
    if (appservice !== null) count(appservices, appservice);
    for (const one of new Set(emails.map(domainOf))) count(domains, one);
  });
  return {
    providers: byNumber(providers),
    types: byNumber(types),
    appservices: byNumber(appservices),
    domains: byNumber(domains),
  };
}

type Counts = Map<string, number>;

const count = (counts: Counts, value: string): void => void counts.set(value, (counts.get(value) ?? 0) + 1);

const byNumber = (counts: Counts): Facet[] =>
  [...counts]
    .map(([value, users]) => ({ value, users }))
    .toSorted((a, b) => b.users - a.users || (a.value < b.value ? -1 : 1))
    .slice(0, MOST);

export function useFacets(users: readonly ScannedUser[]): Facets {
  const [facets, setFacets] = useState(NO_FACETS);
  useEffect(() => {
    let isWanted = true;
    void facetsOf(users).then((found) => isWanted && setFacets(found));
    return () => {
      isWanted = false;
    };
  }, [users]);
  return facets;
}
