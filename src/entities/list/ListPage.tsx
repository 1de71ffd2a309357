import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { soughtIn, wordOf, type Exact, type Sought } from '~/data/exact';
import type { ListAnswer, ListQuery } from '~/data/list-query';
import { PAGE_SIZES, type ListState } from '~/data/list-state';
import { useKeptSelection } from '~/data/selections';
import { useSession, type Session } from '~/data/session';
import { formatCount, isCount } from '~/lib/numbers';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { ColumnMenu } from '~/ui/ColumnMenu';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ErrorNote } from '~/ui/ErrorNote';
import { AsOf, StaleNote } from '~/ui/Freshness';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Pager, pagesOf } from '~/ui/Pager';
import { SelectionBar } from '~/ui/SelectionBar';
import { SortField } from '~/ui/SortField';
import { useListParams } from '~/ui/use-list-params';
import { useSelection } from '~/ui/use-selection';
import { exactOrList } from './exact-or-list';
import type { AllRows, Change, Emptiness, ListDefinition, ListWords } from './list';
import classes from './ListPage.module.css';
import { SearchNotes } from './SearchNotes';

const NO_ROWS: readonly never[] = [];
/** For lists without a search. */
const NO_EXACT: ListQuery<null> = { queryKey: ['no-exact-look-up'], queryFn: () => Promise.resolve(null) };

/** A list that the server sorts, filters and pages: one request per page. The old rows stay while the next page loads. */
export function ListPage<Row, State extends ListState, Filter extends object>({
  list,
}: {
  list: ListDefinition<Row, State, Filter>;
}) {
  const session = useSession();
  const [given, change] = useListParams(list.params);
  const text = list.search?.of(given) ?? '';
  const sought = useMemo(
    () => soughtIn(text, session.serverName, list.search?.finds),
    [text, session.serverName, list.search?.finds],
  );
  const word = wordOf(sought, text);
  const state = useMemo(() => {
    const searched = list.search?.with(given, word) ?? given;
    return list.answerable?.(searched, session) ?? searched;
  }, [list, given, word, session]);
  const { All } = list;
  const body = (all: AllRows<Row> | null) => (
    <ListBody {...{ list, session, state, change, text, sought, word, all }} />
  );
  return All ? (
    <All state={state} session={session}>
      {body}
    </All>
  ) : (
    body(null)
  );
}

interface ListBodyProps<Row, State extends ListState, Filter extends object> {
  list: ListDefinition<Row, State, Filter>;
  session: Session;
  /** Searched by `word`. */
  state: State;
  change: Change<State>;
  /** What was typed, what of it is looked up, and what the list is searched for. */
  text: string;
  sought: Sought | null;
  word: string;
  all: AllRows<Row> | null;
}

function ListBody<Row, State extends ListState, Filter extends object>(props: ListBodyProps<Row, State, Filter>) {
  const { list, session, state, change, text, sought, word, all } = props;
  const { keyOf, words, usual } = list;
  const change1 = (patch: Partial<ListState>) => change(patch as Partial<State>);
  const lookUp: ListQuery<Exact<Row> | null> = list.search?.exact(sought, session) ?? NO_EXACT;
  const exactly = useQuery({ ...lookUp, enabled: sought !== null });
  const found = sought === null ? null : exactly.data;
  // A page of the list may cost the server a scan of the whole table, so it isn’t requested where the exact row was found.
  const isListed = sought === null || (found !== undefined && found?.kind !== 'hit');
  const listed = useQuery({
    ...list.query(state, session),
    enabled: isListed && all === null,
    placeholderData: keepPreviousData,
  });
  const reading = exactOrList<Row, Row>({ exact: exactly, sought: sought !== null, list: all ?? listed });
  const instead = isListed ? all?.instead : null;

  const { data: answer, error } = reading;
  // The next rows are loading; the ones shown are from the request before.
  const busy = reading.isFetching && answer !== undefined;
  const hides = isListed && all === null;
  const { rows, hidden } = useMemo(
    () => split(answer?.rows ?? NO_ROWS, (row) => hides && list.isHidden?.(row, state) === true),
    [answer, hides, list, state],
  );
  const total = answer?.total ?? 0;
  // Where the page holds all that match, they are known exactly.
  const isPart = total > (answer?.rows.length ?? 0);
  const matching = isPart ? total : rows.length;
  const filter = list.filter(state, session);
  const filtered = all !== null || JSON.stringify(filter) !== JSON.stringify(list.filter(usual, session));
  const shown = reading.isPlaceholderData ? NO_ROWS : rows.map(keyOf);
  const sight = { filter: JSON.stringify([all === null ? filter : all.key, sought]), shown };
  const chosen = useSelection(useKeptSelection(list.name), sight, matching);
  const columns = useMemo(() => columnsOf(list, state.columns, session), [list, state.columns, session]);
  const { Filters, Hidden, Actions, Rows } = list;
  const atMost = all === null && isPart && list.countsMore?.(filter) === true;
  const selected = all === null ? { filter, total } : { ids: all.ids };

  return (
    <Stack gap="xs" className={classes.list} data-selecting={chosen.count > 0 || undefined}>
      {Filters && <Filters state={list.search?.with(state, text) ?? state} session={session} onChange={change} />}
      {list.search && <SearchNotes words={list.search.words} sought={sought} found={found} word={word} />}
      {Hidden && answer && isListed && <Hidden hidden={hidden} state={state} onChange={change} />}
      {list.notes?.(state, session).map((note) => (
        <Text key={note} size="xs" c="dimmed">
          {note}
        </Text>
      ))}
      {isListed && all?.notes}
      <StaleNote reading={reading} />
      {answer && <OddRowsNote odd={answer.odd} />}
      {instead ?? (
        <>
          <SelectionBar
            chosen={chosen}
            shown={rows.length}
            total={list.selectsEverything === false ? rows.length : matching}
            filtered={filtered}
            atMost={atMost}
            actions={<Actions selected={chosen.everything ? selected : { ids: chosen.ids }} />}
            rows={
              <span className={classes.count} role="status">
                {answer && countWords(answer, words)}
                {chosen.elsewhere > 0 && <>. {t`You selected all under another filter. Set it again to use them.`}</>}
              </span>
            }
          >
            <div className={classes.controls}>
              <SortField
                groups={list.orders(session)}
                order={state.order_by}
                descending={state.dir === 'b'}
                onSort={(order_by, descending) => change1({ order_by, dir: descending ? 'b' : 'f' })}
              />
              <ColumnMenu
                columns={Object.entries(list.columns).map(([id, { header }]) => ({ id, header }))}
                shown={state.columns}
                onChange={(next) => change1({ columns: next })}
              />
              <AsOf reading={reading} label={wordsOf(words.refresh)} />
            </div>
          </SelectionBar>
          {error && !answer ? (
            <ErrorNote title={wordsOf(words.unread)} error={error} onRetry={() => void reading.refetch()} />
          ) : Rows && rows.length > 0 ? (
            <Rows
              rows={rows}
              busy={busy}
              isSelected={(row) => chosen.has(keyOf(row))}
              onToggle={(row, on) => chosen.toggle([keyOf(row)], on)}
              menu={(row) => list.menu?.(row, session)}
            />
          ) : (
            <DataTable
              label={wordsOf(words.label)}
              columns={columns}
              rows={rows}
              rowKey={keyOf}
              sort={{ column: state.order_by, descending: state.dir === 'b' }}
              onSort={({ column, descending }) => change1({ order_by: column, dir: descending ? 'b' : 'f' })}
              loading={answer === undefined}
              busy={busy}
              scrollKey={JSON.stringify([sight.filter, state.order_by, state.dir, state.page, state.size])}
              empty={
                hidden.length > 0 ? (
                  <EmptyNote title={t`All rows of this page are hidden`} />
                ) : total > 0 ? (
                  <EmptyNote title={noPageWords(state.page)}>
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      onClick={() => change1({ page: pagesOf(total, state.size) })}
                    >
                      <Trans>Go to the last page</Trans>
                    </Button>
                  </EmptyNote>
                ) : (
                  <Nothing
                    words={filtered ? list.empty.unmatched : list.empty.none}
                    {...(filtered && {
                      onClear: () => change({ ...usual, columns: state.columns, size: state.size, page: 1 }),
                    })}
                  />
                )
              }
              maxHeight="max(24rem, calc(100dvh - 20rem))"
              selection={{
                isSelected: (row) => chosen.has(keyOf(row)),
                onToggle: (row, on) => chosen.toggle([keyOf(row)], on),
                onToggleRange: (range, on) => chosen.toggle(range.map(keyOf), on),
                all: chosen.ofShown,
                onToggleAll: chosen.toggleAll,
                label: (row) => selectWords(keyOf(row)),
                disabled: busy || answer === undefined,
              }}
            />
          )}
          <Pager
            page={state.page}
            size={state.size}
            sizes={PAGE_SIZES}
            onPage={(page) => change1({ page })}
            onSize={(size) => change1({ size })}
            total={isCount(total) ? total : seenSoFar(state, answer?.rows.length ?? 0)}
          />
        </>
      )}
    </Stack>
  );
}

/** @returns the rows that are shown, and those that are not */
function split<Row>(read: readonly Row[], isHidden: (row: Row) => boolean) {
  const hidden = read.filter(isHidden);
  return { hidden, rows: hidden.length === 0 ? read : read.filter((row) => !isHidden(row)) };
}

function columnsOf<Row, State extends ListState, Filter extends object>(
  { which, columns, menu }: ListDefinition<Row, State, Filter>,
  shown: readonly string[],
  session: Session,
): readonly Column<Row>[] {
  const others = Object.entries(columns).flatMap(([id, column]) => (shown.includes(id) ? [{ ...column, id }] : []));
  const last: Column<Row>[] = menu
    ? [{ id: 'actions', header: msg`Actions`, width: '4.5rem', align: 'end', cell: (row) => menu(row, session) }]
    : [];
  return [which, ...others, ...last];
}

function Nothing({ words, onClear }: { words: Emptiness; onClear?: () => void }) {
  const { More } = words;
  return (
    <EmptyNote title={wordsOf(words.title)}>
      {wordsOf(words.text)}
      {onClear && (
        <>
          {' '}
          <Button variant="subtle" size="compact-sm" onClick={onClear}>
            <Trans>Clear search and filters</Trans>
          </Button>
        </>
      )}
      {More && <More />}
    </EmptyNote>
  );
}

/** Where the total is unknown, a full page may be followed by another one. */
const seenSoFar = ({ page, size }: ListState, rows: number): number =>
  (page - 1) * size + rows + (rows >= size ? 1 : 0);

/** Counts the rows that are shown, also while the next ones load. */
function countWords({ rows, odd, total, from }: ListAnswer<unknown>, words: ListWords): string {
  const isAll = rows.length === 0 || total <= rows.length;
  const lost = odd.filter(({ legible }) => legible === undefined).length;
  const end = from + rows.length + lost;
  const [first, last] = [formatCount(from + 1), formatCount(isCount(total) ? Math.min(end, total) : end)];
  if (isCount(total)) return wordsOf(isAll ? words.all(total) : words.some(first, last, total));
  return rows.length === 0 ? t`The homeserver doesn’t say how many` : t`${first}–${last} of an unknown number`;
}

function noPageWords(number: number): string {
  const page = formatCount(number);
  return t`There is no page ${page}`;
}

function selectWords(key: string): string {
  const id = isolated(key);
  return t`Select ${id}`;
}
