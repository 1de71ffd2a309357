import { has } from '~/api/since';
import type { UserListState } from '~/data/users';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';

interface UserFiltersProps {
  state: UserListState;
  mas: boolean;
  /** Synapse's: what it can't filter by is not offered. */
  version: string;
  onChange(patch: Partial<UserListState>, options?: { replace?: boolean }): void;
}

const ADMINS = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Admins only' },
  { value: 'none', label: 'No admins' },
] as const;
const DEACTIVATED = [
  { value: 'any', label: 'All' },
  { value: 'only', label: 'Deactivated' },
  { value: 'none', label: 'Active' },
] as const;
const LOCKED = [
  { value: 'any', label: 'Shown' },
  { value: 'none', label: 'Left out' },
] as const;
const TYPES = [
  { value: 'any', label: 'All' },
  { value: 'people', label: 'People' },
  { value: 'typed', label: 'Bots and such' },
] as const;

/** How many filters are set, the search aside. */
function filtersSet({ admins, deactivated, locked, guests, user_type }: UserListState, mas: boolean): number {
  return [admins, deactivated, locked, mas ? 'any' : guests, user_type].filter((value) => value !== 'any').length;
}

export function UserFilters({ state, mas, version, onChange }: UserFiltersProps) {
  return (
    <FilterRow
      set={filtersSet(state, mas)}
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
          label={mas ? 'Admins (in Synapse)' : 'Admins'}
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
      {/* Behind MAS there are no guests, and the server refuses to be asked for them (`users.py:123-129`). */}
      {!mas && (
        <FilterChoice
          label="Guests"
          choices={LOCKED}
          value={state.guests}
          onChange={(guests) => onChange({ guests })}
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
