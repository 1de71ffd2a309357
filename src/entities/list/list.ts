import type { ComponentType, ReactNode } from 'react';
import type { Exact, Sought, WhyNone } from '~/data/exact';
import type { ListAnswer, ListQuery } from '~/data/list-query';
import type { ListState } from '~/data/list-state';
import type { Session } from '~/data/session';
import type { Words } from '~/lib/words';
import type { Column } from '~/ui/DataTable';
import type { Reading } from '~/ui/reading';
import type { ListParams } from '~/ui/use-list-params';

/** `isPlaceholderData`: the rows are from the request before, while this one loads. */
export interface ListReading<Row> extends Reading<ListAnswer<Row>> {
  readonly isPlaceholderData: boolean;
}

/** What is selected: rows by their keys, or all that match a filter. */
export type Selected<Filter> = { ids: readonly string[] } | { filter: Filter; total: number };

export type Change<State> = (patch: Partial<State>, options?: { replace?: boolean }) => void;

/**
 * A list that the homeserver sorts, filters and pages, as one object; `ListPage` makes the screen of it. To add a list, write one of
 * these and render it.
 *
 * @typeParam State search, filters, order, page and columns, as they are in the URL
 * @typeParam Filter the part of it that is sent to the homeserver to find all that match
 */
export interface ListDefinition<Row, State extends ListState, Filter extends object> {
  /** The key of its selection, which no other list has: “users”. */
  readonly name: string;
  readonly words: ListWords;
  readonly params: ListParams<State>;
  readonly usual: State;
  keyOf(row: Row): string;
  /** The column that says which row it is, with the link to its page. */
  readonly which: Column<Row>;
  /** The other columns, as far as `State.columns` names them; in the table's own order. */
  readonly columns: Readonly<Record<string, Omit<Column<Row>, 'id'>>>;
  /** At the row's end. */
  readonly menu?: (row: Row, session: Session) => ReactNode;
  orders(session: Session): readonly OrderGroup[];
  /** The state without what this homeserver would silently ignore, or refuse. */
  answerable?(state: State, session: Session): State;
  filter(state: State, session: Session): Filter;
  /** The one request of a page. */
  query(state: State, session: Session): ListQuery<ListAnswer<Row>>;
  /** How the list is searched, and how a full ID is looked up. Missing: this list has no search. */
  readonly search?: ListSearch<Row, State>;
  /** False: only rows that are shown can be selected, not all that match. */
  readonly selectsEverything?: false;
  /**
   * For filters that the homeserver does not have: all rows are read, at the admin’s word, and the list is made of those that fit. Null:
   * the homeserver can answer this.
   */
  readonly All?: ComponentType<{ state: State; session: Session; children(all: AllRows<Row> | null): ReactNode }>;
  /** Rows of a page that are not shown, because the homeserver could not leave them out. */
  isHidden?(row: Row, state: State): boolean;
  /** Says which rows are hidden, on this page or in all, and how they are shown. */
  readonly Hidden?: ComponentType<HiddenProps<Row, State>>;
  /** Whether the total counts rows that don’t match, so that all that match are at most so many. */
  countsMore?(filter: Filter): boolean;
  /** The search and the filters. Missing: there are none. */
  readonly Filters?: ComponentType<FiltersProps<State>>;
  /** Shows the rows in another way than as a table. */
  readonly Rows?: ComponentType<RowsProps<Row>>;
  /** Notes above the list. */
  notes?(state: State, session: Session): readonly string[];
  /** What can be done with the selection. */
  readonly Actions: ComponentType<{ selected: Selected<Filter> }>;
  /** Shown where nothing matches the filter, and where there is nothing at all. */
  readonly empty: { readonly unmatched: Emptiness; readonly none: Emptiness };
}

/** The rows of a page, to be shown as cards. */
export interface RowsProps<Row> {
  rows: readonly Row[];
  /** Other rows are on their way: nothing may be selected. */
  busy: boolean;
  isSelected(row: Row): boolean;
  onToggle(row: Row, selected: boolean): void;
  menu(row: Row): ReactNode;
}

/** A list whose rows were all read. */
export interface AllRows<Row> extends ListReading<Row> {
  /** Says which rows these are; not the page and not the order. */
  readonly key: string;
  /** All that match, not only those of the page. */
  readonly ids: readonly string[];
  /** In place of the list, as long as it was not read. */
  readonly instead: ReactNode;
  /** Above it: what is to be known of how it was read. */
  readonly notes: ReactNode;
}

export interface HiddenProps<Row, State> {
  /** Rows of the page that are hidden. */
  hidden: readonly Row[];
  state: State;
  onChange: Change<State>;
}

/** Whole sentences, because they can’t be built from nouns in every language. */
export interface ListWords {
  /** “Users” */
  readonly label: Words;
  /** “12 users” */
  all(total: number): Words;
  /** “1–100 of 9,800 users” */
  some(first: string, last: string, total: number): Words;
  /** “Could not load the users” */
  readonly unread: Words;
  /** “Refresh users” */
  readonly refresh: Words;
}

export interface Emptiness {
  readonly title: Words;
  readonly text: Words;
  /** What may be wrong, and what to do about it. */
  readonly More?: ComponentType;
}

export interface OrderGroup {
  readonly group: Words;
  readonly items: readonly { readonly value: string; readonly label: Words }[];
}

export interface FiltersProps<State> {
  /** As in the URL, with the search as it was typed. */
  state: State;
  session: Session;
  onChange: Change<State>;
}

export interface ListSearch<Row, State> {
  /** Users are also found by what is no Matrix ID: a phone number, an external ID. */
  readonly finds?: 'users';
  /** The text that is searched for. */
  of(state: State): string;
  with(state: State, word: string): State;
  exact(sought: Sought | null, session: Session): ListQuery<Exact<Row> | null>;
  readonly words: SearchWords;
}

/** What a search says about its result. */
export interface SearchWords {
  /** Also says what was understood. */
  hit(sought: Sought | null): ReactNode;
  /** “There is no user @anna:example.org on this homeserver.” */
  none(why: WhyNone, sought: ReactNode): ReactNode;
  /** What the server makes of a wildcard in the search, where it is not what `ui/WildcardNote` says. */
  wildcards?(word: string): ReactNode;
  /** “Users with “anna” in their name are listed below, if there are any.” */
  similar(word: ReactNode): ReactNode;
  /** It belongs in another list: “… is a room, not a user. Search rooms instead” */
  other(id: string): ReactNode;
}
