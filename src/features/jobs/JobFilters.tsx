import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { JobSnapshot } from '~/jobs/job';
import { FilterChoice } from '~/ui/FilterChoice';
import type { Words } from '~/lib/words';
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
  const { t } = useLingui();
  const kinds = useMemo(() => {
    const known = [...new Set(jobs.map(({ kind }) => kind))].map((kind) => ({ value: kind, label: kindWords(kind) }));
    return [{ value: '', label: ANY }, ...known.toSorted((a, b) => a.label.localeCompare(b.label))];
  }, [jobs]);
  return (
    <FilterRow
      set={filtersSet(list)}
      search={
        <SearchField
          label={t`Search jobs`}
          placeholder={t`Title or kind`}
          value={list.search}
          onSearch={(search) => onChange({ search }, { replace: true })}
        />
      }
    >
      <FilterChoice label={t`Kind`} choices={kinds} value={list.kind} onChange={(kind) => onChange({ kind })} />
      <FilterChoice
        label={t`Outcome`}
        choices={OUTCOME_CHOICES}
        value={list.outcome}
        onChange={(outcome) => onChange({ outcome })}
      />
      <FilterChoice
        label={t`Started by`}
        choices={WHOSE_CHOICES}
        value={list.whose}
        onChange={(whose) => onChange({ whose })}
      />
    </FilterRow>
  );
}

const ANY = msg`Any`;
const OUTCOME_CHOICES: readonly { value: (typeof OUTCOMES)[number]; label: Words }[] = [
  { value: 'any', label: ANY },
  { value: 'open', label: msg`Running or paused` },
  { value: 'well', label: msg`Finished` },
  { value: 'problems', label: msg`Finished with problems` },
  { value: 'stopped', label: msg`Stopped` },
  { value: 'lost', label: msg`Record lost` },
];

const WHOSE_CHOICES: readonly { value: (typeof WHOSE)[number]; label: Words }[] = [
  { value: 'any', label: ANY },
  { value: 'mine', label: msg`You` },
  { value: 'others', label: msg`Other accounts` },
];
