import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Menu, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import { has } from '~/api/since';
import { useKeptSelection } from '~/data/selections';
import type { Session } from '~/data/session';
import { BulkMenu } from '~/entities/action/BulkMenu';
import { useOpenWith } from '~/entities/list/use-open-with';
import type { ScannedUser } from '~/job-store/scanned-user';
import type { KeptScan } from '~/job-store/user-scans';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { isolated, isolatedWords } from '~/lib/shown-text';
import { ColumnMenu } from '~/ui/ColumnMenu';
import { DataTable } from '~/ui/DataTable';
import { download, fileName } from '~/ui/download';
import { EmptyNote } from '~/ui/EmptyNote';
import type { RowSource } from '~/ui/row-keys';
import { SelectionBar } from '~/ui/SelectionBar';
import { SortField } from '~/ui/SortField';
import { useListParams } from '~/ui/use-list-params';
import { useSelection } from '~/ui/use-selection';
import { columnsFor, tableColumns } from './columns';
import { scanFile } from './export';
import { useFacets } from './facets';
import {
  COLUMNS,
  filterKey,
  filterParams,
  isFiltered,
  NO_FILTER,
  shownColumns,
  type Filter,
  type Order,
} from './filter';
import { ScanFilters } from './ScanFilters';
import classes from './scan-users.module.css';
import { useMatching } from './use-matching';

const NO_USERS: readonly ScannedUser[] = [];
/** Room for a name and an ID, and for two lines of anything else. */
const ROW_PX = 56;

const idOf = ({ userId }: ScannedUser): string => userId;

const ORDERS: readonly { value: Order; label: ReturnType<typeof msg> }[] = [
  { value: 'name', label: msg`User ID` },
  { value: 'displayname', label: msg`Display name` },
  { value: 'created', label: msg`Created` },
  { value: 'seen', label: msg`Last seen` },
  { value: 'devices', label: msg`Sessions` },
  { value: 'storage', label: msg`Storage` },
];
const GROUPS = [{ group: msg`Sort by`, items: ORDERS }];

/** All users of a scan, filtered by what it knows of them, and what can be done with those that match. */
export function ScanResult({ scan, session }: { scan: KeptScan; session: Session }) {
  const { head, users } = scan;
  const [filter, change] = useListParams(filterParams);
  const facets = useFacets(users);
  const { matching, busy } = useMatching(users, filter);
  const rows = matching?.rows ?? NO_USERS;
  const shown = useMemo(() => rows.map(idOf), [rows]);
  const source = useMemo(() => sourceOf(rows), [rows]);
  const filtered = isFiltered(filter);
  const sight = { filter: JSON.stringify([head.id, head.readAt, matching?.key ?? filterKey(filter)]), shown };
  const chosen = useSelection(useKeptSelection('scan-users'), sight, rows.length);
  const { choice } = head;
  const columns = useMemo(() => tableColumns(choice, shownColumns(filter)), [choice, filter]);
  const count = rows.length;
  const all = users.length;

  return (
    <div className={classes.list} data-selecting={chosen.count > 0 || undefined}>
      <ScanFilters filter={filter} facets={facets} session={session} choice={choice} onChange={change} />
      {notesOn(filter, session).map((note) => (
        <Text key={note} size="xs" c="dimmed" mt={6}>
          {note}
        </Text>
      ))}
      <SelectionBar
        chosen={chosen}
        shown={count}
        total={count}
        filtered={filtered}
        actions={<Selected ids={chosen.everything ? shown : chosen.ids} />}
        rows={
          <span className={classes.count} role="status">
            {filtered
              ? t`${formatCount(count)} of ${plural(all, { one: '# user', other: '# users' })}`
              : plural(all, { one: '# user', other: '# users' })}
            {chosen.elsewhere > 0 &&
              `. ${t`You selected all ${formatCount(chosen.elsewhere)} under another filter. Set that filter again to use them.`}`}
          </span>
        }
      >
        <div className={classes.controls}>
          <SortField
            groups={GROUPS}
            order={filter.order_by}
            descending={filter.dir === 'b'}
            onSort={(order_by, descending) => change({ order_by, dir: descending ? 'b' : 'f' })}
          />
          <ColumnMenu
            columns={columnsFor(choice)}
            shown={shownColumns(filter)}
            onChange={(next) => change({ columns: COLUMNS.filter((id) => next.includes(id)).join(',') })}
          />
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconDownload size={16} stroke={1.6} aria-hidden />}
                disabled={count === 0}
              >
                <Trans>Export</Trans>
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {(['csv', 'json'] as const).map((format) => (
                <Menu.Item
                  key={format}
                  onClick={() =>
                    void scanFile(rows, head, format).then((file) =>
                      download(file, fileName('user-scan', format, head.readAt)),
                    )
                  }
                >
                  {format === 'csv' ? t`CSV of ${formatCount(count)} users` : t`JSON of ${formatCount(count)} users`}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      </SelectionBar>
      <DataTable
        label={t`Scanned users`}
        columns={columns}
        rows={source}
        rowKey={idOf}
        rowPx={ROW_PX}
        sort={{ column: filter.order_by, descending: filter.dir === 'b' }}
        onSort={({ column, descending }) => change({ order_by: column as Order, dir: descending ? 'b' : 'f' })}
        loading={matching === null}
        busy={busy && matching !== null}
        scrollKey={JSON.stringify([sight.filter, filter.order_by, filter.dir])}
        empty={
          <EmptyNote title={t`No users found`}>
            <Trans>Nobody in this scan matches the filter.</Trans>{' '}
            {filtered && (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => change({ ...NO_FILTER, columns: filter.columns })}
              >
                <Trans>Clear search and filters</Trans>
              </Button>
            )}
          </EmptyNote>
        }
        maxHeight="max(24rem, calc(100dvh - 20rem))"
        selection={{
          isSelected: ({ userId }) => chosen.has(userId),
          onToggle: ({ userId }, on) => chosen.toggle([userId], on),
          onToggleRange: (range, on) => chosen.toggle(range.map(idOf), on),
          all: chosen.ofShown,
          // All that match, and not 100,000 one by one.
          onToggleAll: (on) => (on ? chosen.selectEverything() : chosen.clear()),
          label: ({ userId }) => t`Select ${isolated(userId)}`,
          allLabel: filtered ? t`Select all that match` : t`Select all`,
          disabled: busy,
        }}
      />
    </div>
  );
}

/** What a filter that is set means on this homeserver. */
const notesOn = ({ seen, admin, email, domain, provider }: Filter, session: Session): string[] => [
  ...(seen === 'any' ? [] : [seenNote(session)]),
  ...(session.mas && admin !== 'any'
    ? [
        t`The admin filter goes by what Synapse has stored, but Matrix Authentication Service (MAS) decides who is an admin.`,
      ]
    : []),
  ...(session.mas && (email !== 'any' || domain !== '' || provider !== '')
    ? [
        t`Matrix Authentication Service (MAS) keeps the email addresses and external IDs of this homeserver’s users. This filter goes by what Synapse has stored, so users without any here may have some in MAS.`,
      ]
    : []),
];

/** What “unknown” means on this homeserver. */
function seenNote({ version }: Session): string {
  if (has(version, 'last-seen-kept')) {
    return t`“Last seen” is unknown for users who never signed in, and for users whose sessions are all gone, as after a deactivation.`;
  }
  const synapse = isolatedWords(version);
  return t`“Last seen” is unknown for users who never signed in, and for users who have been away for 28 days or more: Synapse ${synapse} forgets it. Synapse 1.140 and newer keep it.`;
}

/** Nobody is in a scan twice: their IDs are keys as they are, and 100,000 keys are not made for a table that shows 20 rows. */
const sourceOf = (rows: readonly ScannedUser[]): RowSource<ScannedUser> => ({
  length: rows.length,
  at: (index) => rows[index],
  keyAt: (index) => rows[index]?.userId ?? index,
});

/** What can be done with the selected users: they are handed over by their IDs, and read again for the plan. */
function Selected({ ids }: { ids: readonly string[] }) {
  const openWith = useOpenWith();
  const take = (to: string) => openWith(to, { users: { ids } });
  return (
    <>
      <Button size="xs" onClick={() => take(paths.joinRooms())}>
        <Trans>Join to rooms…</Trans>
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.externalIds())}>
        <Trans>Remove external IDs…</Trans>
      </Button>
      <Button size="xs" variant="default" onClick={() => take(paths.deleteMedia())}>
        <Trans>Delete media…</Trans>
      </Button>
      <BulkMenu entity="user" onChoose={({ kind }) => take(paths.bulk(kind))} />
    </>
  );
}
