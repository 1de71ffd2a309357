import { has } from '~/api/since';
import type { UserListState } from '~/data/users';
import type { FiltersProps } from '~/entities/list/list';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { ToggleChip } from '~/ui/ToggleChip';

const ADMINS = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Admins' },
  { value: 'none', label: 'Non-admins' },
] as const;
const DEACTIVATED = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Deactivated' },
  { value: 'none', label: 'Active' },
] as const;
const LOCKED = [
  { value: 'any', label: 'Include' },
  { value: 'none', label: 'Exclude' },
] as const;
const TYPES = [
  { value: 'any', label: 'All' },
  { value: 'people', label: 'People' },
  { value: 'typed', label: 'Bots' },
] as const;

/** How many of the filters are set that a narrow screen folds away. */
function filtersSet({ admins, deactivated, locked, user_type }: UserListState): number {
  return [admins, deactivated, locked, user_type].filter((value) => value !== 'any').length;
}

/** What this Synapse can't filter by is not offered. */
export function UserFilters({ state, session, onChange }: FiltersProps<UserListState>) {
  const { mas, version } = session;
  return (
    <FilterRow
      set={filtersSet(state)}
      // Behind MAS there are no guests, and the server refuses to be asked for them (`users.py:123-129`).
      always={
        mas ? null : (
          <ToggleChip
            label="Hide guests"
            isOn={state.guests === 'none'}
            onChange={(isOn) => onChange({ guests: isOn ? 'none' : 'any' })}
          />
        )
      }
      search={
        <SearchField
          label="Search"
          placeholder="Name, or the part before the colon"
          value={state.name}
          onSearch={(name) => onChange({ name }, { replace: true })}
        />
      }
    >
      {has(version, 'users-admins') && (
        <FilterChoice
          label="Admins"
          choices={ADMINS}
          value={state.admins}
          onChange={(admins) => onChange({ admins })}
        />
      )}
      <FilterChoice
        label="Deactivated"
        choices={has(version, 'users-v3') ? DEACTIVATED : DEACTIVATED.filter(({ value }) => value !== 'only')}
        value={state.deactivated}
        onChange={(deactivated) => onChange({ deactivated })}
      />
      {has(version, 'users-locked') && (
        <FilterChoice
          label="Locked"
          choices={LOCKED}
          value={state.locked}
          onChange={(locked) => onChange({ locked })}
        />
      )}
      {has(version, 'users-types') && (
        <FilterChoice
          label="Type"
          choices={TYPES}
          value={state.user_type}
          onChange={(user_type) => onChange({ user_type })}
        />
      )}
    </FilterRow>
  );
}
