import { msg, t } from '@lingui/core/macro';
import type { DestinationListState } from '~/data/federation';
import type { FiltersProps } from '~/entities/list/list';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';

const FAILING = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Failing` },
] as const;

export function DestinationFilters({ state, onChange }: FiltersProps<DestinationListState>) {
  const { destination, failing } = state;
  return (
    <FilterRow
      set={failing === 'any' ? 0 : 1}
      search={
        <SearchField
          label={t`Search`}
          placeholder={t`Part of a server name`}
          value={destination}
          onSearch={(text) => onChange({ destination: text }, { replace: true })}
        />
      }
    >
      <FilterChoice
        label={t`Status`}
        choices={FAILING}
        value={failing}
        onChange={(value) => onChange({ failing: value })}
      />
    </FilterRow>
  );
}
