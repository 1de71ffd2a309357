import { useMemo } from 'react';
import type { JobSnapshot } from '~/jobs/job';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { filtersSet, kindWords, type JobList, type OUTCOMES, type WHOSE } from './job-list';

interface JobFiltersProps {
  jobs: readonly JobSnapshot[];
  list: JobList;
  onChange(patch: Partial<JobList>, options?: { replace?: boolean }): void;
}

/** Which jobs are shown. */
export function JobFilters({ jobs, list, onChange }: JobFiltersProps) {
  const kinds = useMemo(() => {
    const known = [...new Set(jobs.map(({ kind }) => kind))].map((kind) => ({ value: kind, label: kindWords(kind) }));
    return [{ value: '', label: 'Any' }, ...known.toSorted((a, b) => a.label.localeCompare(b.label))];
  }, [jobs]);
  return (
    <FilterRow
      set={filtersSet(list)}
      search={
        <SearchField
          label="Search jobs"
          placeholder="Title or kind"
          value={list.search}
          onSearch={(search) => onChange({ search }, { replace: true })}
        />
      }
    >
      <FilterChoice label="Kind" choices={kinds} value={list.kind} onChange={(kind) => onChange({ kind })} />
      <FilterChoice
        label="Outcome"
        choices={OUTCOME_CHOICES}
        value={list.outcome}
        onChange={(outcome) => onChange({ outcome })}
      />
      <FilterChoice
        label="Whose"
        choices={WHOSE_CHOICES}
        value={list.whose}
        onChange={(whose) => onChange({ whose })}
      />
    </FilterRow>
  );
}

const OUTCOME_CHOICES: readonly { value: (typeof OUTCOMES)[number]; label: string }[] = [
  { value: 'any', label: 'Any' },
  { value: 'open', label: 'Running or paused' },
  { value: 'well', label: 'Finished' },
  { value: 'problems', label: 'Finished with problems' },
  { value: 'stopped', label: 'Stopped' },
  { value: 'lost', label: 'Journal lost' },
];

const WHOSE_CHOICES: readonly { value: (typeof WHOSE)[number]; label: string }[] = [
  { value: 'any', label: 'Any' },
  { value: 'mine', label: 'This account' },
  { value: 'others', label: 'Other accounts' },
];
