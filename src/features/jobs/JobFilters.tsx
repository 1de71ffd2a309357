import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import type { JobSnapshot } from '~/jobs/job';
import { FilterChoice } from '~/ui/FilterChoice';
import { isReading } from '~/ui/job/words';
import { isolated } from '~/lib/shown-text';
import type { Words } from '~/lib/words';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import { CHANGES, filtersSet, kindWords, READINGS, type JobList, type OUTCOMES } from './job-list';
import classes from './jobs.module.css';

interface JobFiltersProps {
  jobs: readonly JobSnapshot[];
  list: JobList;
  onChange(patch: Partial<JobList>, options?: { replace?: boolean }): void;
}

/** Which jobs are shown. */
export function JobFilters({ jobs, list, onChange }: JobFiltersProps) {
  const { t } = useLingui();
  const kinds = useMemo(() => kindChoices(jobs), [jobs]);
  const accounts = useMemo(() => [...WHOSE_CHOICES, ...accountsIn(jobs)], [jobs]);
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
        choices={accounts}
        value={list.whose}
        onChange={(whose) => onChange({ whose })}
      />
      <div className={classes.more}>
        <Target key={list.target} target={list.target} onChange={(target) => onChange({ target }, { replace: true })} />
        <TextInput
          type="date"
          label={t`Started from`}
          value={list.from}
          data-filtering={list.from !== ''}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t`Started until`}
          value={list.to}
          data-filtering={list.to !== ''}
          onChange={(event) => onChange({ to: event.currentTarget.value })}
        />
      </div>
    </FilterRow>
  );
}

/** The plans of jobs are looked through for it: not at each key. */
function Target({ target, onChange }: { target: string; onChange(target: string): void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(target);
  const ask = useDebouncedCallback((next: string) => onChange(next.trim()), 500);
  return (
    <TextInput
      type="search"
      label={t`Changed or read`}
      placeholder={t`ID of a user, room, file…`}
      value={typed}
      data-filtering={target !== ''}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        ask(event.currentTarget.value);
      }}
    />
  );
}

function kindChoices(jobs: readonly JobSnapshot[]): { value: string; label: Words }[] {
  const known = [...new Set(jobs.map(({ kind }) => kind))].map((kind) => ({ value: kind, label: kindWords(kind) }));
  const both = jobs.some(isReading) && !jobs.every(isReading) ? BOTH_CHOICES : [];
  return [{ value: '', label: ANY }, ...both, ...known.toSorted((a, b) => a.label.localeCompare(b.label))];
}

const accountsIn = (jobs: readonly JobSnapshot[]): { value: string; label: Words }[] =>
  [...new Set(jobs.map(({ owner }) => owner.userId))]
    .toSorted()
    .map((userId) => ({ value: userId, label: isolated(userId) }));

const ANY = msg`Any`;
const BOTH_CHOICES: readonly { value: string; label: Words }[] = [
  { value: CHANGES, label: msg`All changes` },
  { value: READINGS, label: msg`All readings` },
];
const OUTCOME_CHOICES: readonly { value: (typeof OUTCOMES)[number]; label: Words }[] = [
  { value: 'any', label: ANY },
  { value: 'open', label: msg`Running or paused` },
  { value: 'well', label: msg`Finished` },
  { value: 'problems', label: msg`Finished with problems` },
  { value: 'stopped', label: msg`Stopped` },
  { value: 'lost', label: msg`Record lost` },
];

const WHOSE_CHOICES: readonly { value: string; label: Words }[] = [
  { value: 'any', label: ANY },
  { value: 'mine', label: msg`You` },
  { value: 'others', label: msg`Other accounts` },
];
