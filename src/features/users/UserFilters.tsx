import { msg, t } from '@lingui/core/macro';
import { Anchor, Group, Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import { has } from '~/api/since';
import type { UserListState } from '~/data/user-list';
import { rowFiltersSet } from '~/data/user-rows';
import type { FiltersProps } from '~/entities/list/list';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { paths } from '~/lib/paths';
import { ToggleChip } from '~/ui/ToggleChip';
import { MoreFilters } from './MoreFilters';

const ADMINS = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Admins` },
  { value: 'none', label: msg`Non-admins` },
] as const;
const DEACTIVATED = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Deactivated` },
  { value: 'none', label: msg`Active` },
] as const;
const LOCKED = [
  { value: 'any', label: msg`Include` },
  { value: 'none', label: msg`Exclude` },
] as const;
const TYPES = [
  { value: 'any', label: msg`All` },
  { value: 'people', label: msg`People` },
  { value: 'typed', label: msg`Bots` },
] as const;

/** How many filters are set of those that a narrow screen folds away. */
function filtersSet(state: UserListState): number {
  const { admins, deactivated, locked, user_type } = state;
  return [admins, deactivated, locked, user_type].filter((value) => value !== 'any').length + rowFiltersSet(state);
}

/** Offers only the filters that this version of Synapse has. */
export function UserFilters({ state, session, onChange }: FiltersProps<UserListState>) {
  const { mas, version } = session;
  return (
    <FilterRow
      set={filtersSet(state)}
      // Behind MAS there are no guests, and Synapse refuses requests for them (`users.py:123-129`).
      always={
        <Group gap={6}>
          {!mas && (
            <ToggleChip
              label={t`Hide guests`}
              isOn={state.guests === 'none'}
              onChange={(isOn) => onChange({ guests: isOn ? 'none' : 'any' })}
            />
          )}
          <Tooltip label={t`Accounts of bridges, as far as their IDs show it: they start with @_.`}>
            <span>
              <ToggleChip
                label={t`Hide bridged users`}
                isOn={state.bridged === 'none'}
                onChange={(isOn) => onChange({ bridged: isOn ? 'none' : 'any' })}
              />
            </span>
          </Tooltip>
          {session.homeserver.mas && (
            <Anchor component={Link} to={paths.onlyInMas()} size="xs" underline="always">
              {t`Accounts that only MAS knows`}
            </Anchor>
          )}
        </Group>
      }
      search={
        <SearchField
          label={t`Search`}
          placeholder={t`Name, ID, email, phone, provider:ID`}
          value={state.name}
          onSearch={(name) => onChange({ name }, { replace: true })}
        />
      }
    >
      {has(version, 'users-admins') && (
        <FilterChoice
          label={t`Admins`}
          choices={ADMINS}
          value={state.admins}
          onChange={(admins) => onChange({ admins })}
        />
      )}
      <FilterChoice
        label={t`Deactivated`}
        choices={has(version, 'users-v3') ? DEACTIVATED : DEACTIVATED.filter(({ value }) => value !== 'only')}
        value={state.deactivated}
        onChange={(deactivated) => onChange({ deactivated })}
      />
      {has(version, 'users-locked') && (
        <FilterChoice
          label={t`Locked`}
          choices={LOCKED}
          value={state.locked}
          onChange={(locked) => onChange({ locked })}
        />
      )}
      {has(version, 'users-types') && (
        <FilterChoice
          label={t`Type`}
          choices={TYPES}
          value={state.user_type}
          onChange={(user_type) => onChange({ user_type })}
        />
      )}
      <MoreFilters state={state} session={session} onChange={onChange} />
    </FilterRow>
  );
}
