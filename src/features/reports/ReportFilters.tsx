import { msg, t } from '@lingui/core/macro';
import { has } from '~/api/since';
import type { ReportListState } from '~/data/report-list';
import type { FiltersProps } from '~/entities/list/list';
import { isUserId } from '~/lib/recognise';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import classes from './reports.module.css';

const KINDS = [
  { value: 'all', label: msg`All` },
  { value: 'messages', label: msg`Messages` },
  { value: 'users', label: msg`Users` },
] as const;

const BY = [
  { value: 'none', label: msg`No grouping` },
  { value: 'sender', label: msg`Reported user` },
  { value: 'room', label: msg`Room` },
  { value: 'reporter', label: msg`Reported by` },
] as const;

const filtersSet = ({ kind, by, sender, reporter, room }: ReportListState): number =>
  [kind !== 'all', by !== 'none', sender !== '', reporter !== '', room !== ''].filter(Boolean).length;

/** The search reads all reports; the filters are the homeserver’s own. */
export function ReportFilters({ state, session, onChange }: FiltersProps<ReportListState>) {
  const { version } = session;
  const isPartOfId = state.sender !== '' && !isUserId(state.sender);
  return (
    <FilterRow
      set={filtersSet(state)}
      search={
        <SearchField
          label={t`Search`}
          placeholder={t`Reason, name or ID`}
          value={state.q}
          onSearch={(q) => onChange({ q }, { replace: true })}
        />
      }
    >
      {has(version, 'user-reports') && (
        <FilterChoice label={t`Kind`} choices={KINDS} value={state.kind} onChange={(kind) => onChange({ kind })} />
      )}
      {has(version, 'reports-by-sender') && (
        <SearchField
          className={classes.part}
          label={t`Reported user`}
          placeholder={t`Whole user ID`}
          description={isPartOfId ? t`Synapse finds messages only by the whole user ID.` : undefined}
          value={state.sender}
          onSearch={(sender) => onChange({ sender }, { replace: true })}
        />
      )}
      <SearchField
        className={classes.part}
        label={t`Reported by`}
        placeholder={t`Part of a user ID`}
        value={state.reporter}
        onSearch={(reporter) => onChange({ reporter }, { replace: true })}
      />
      <SearchField
        className={classes.part}
        label={t`Room`}
        placeholder={t`Part of a room ID`}
        value={state.room}
        onSearch={(room) => onChange({ room }, { replace: true })}
      />
      <FilterChoice label={t`Group by`} choices={BY} value={state.by} onChange={(by) => onChange({ by })} />
    </FilterRow>
  );
}
