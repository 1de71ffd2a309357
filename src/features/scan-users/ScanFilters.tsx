import { msg, plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { has, type FeatureId } from '~/api/since';
import type { Session } from '~/data/session';
import type { ScanChoice } from '~/job-store/user-scans';
import { parseSize } from '~/lib/bytes';
import { startOfDay } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { shownId } from '~/lib/shown-text';
import { wordsOf, type Words } from '~/lib/words';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';
import type { Facet, Facets } from './facets';
import { filtersSet, moreSet, numberOver, type Filter } from './filter';
import { FilterText } from './FilterText';
import classes from './scan-users.module.css';

interface ScanFiltersProps {
  filter: Filter;
  facets: Facets;
  session: Session;
  /** Who and what was read: other filters would match nobody. */
  choice: ScanChoice;
  onChange(patch: Partial<Filter>, options?: { replace?: boolean }): void;
}

const ANY = { value: 'any', label: msg`All` } as const;
const EMAILS = [ANY, { value: 'none', label: msg`No address` }, { value: 'some', label: msg`With address` }] as const;
const CONSENT = [ANY, { value: 'none', label: msg`Not given` }, { value: 'some', label: msg`Given` }] as const;
const SEEN = [
  ANY,
  { value: 'before', label: msg`Before…` },
  { value: 'before-or-never', label: msg`Before…, or never` },
  { value: 'never', label: msg`Never or unknown` },
] as const;

type YesNo = 'any' | 'yes' | 'no';
type FlagFilter = 'suspended' | 'locked' | 'deactivated' | 'shadow_banned' | 'erased' | 'admin' | 'is_guest';
const FLAGS: readonly {
  name: FlagFilter;
  label: Words;
  yes: Words;
  no: Words;
  feature?: FeatureId;
  scanned?: 'locked' | 'deactivated' | 'guests';
}[] = [
  {
    name: 'locked',
    label: msg`Locked`,
    yes: msg`Locked`,
    no: msg`Not locked`,
    feature: 'users-locked',
    scanned: 'locked',
  },
  { name: 'deactivated', label: msg`Deactivated`, yes: msg`Deactivated`, no: msg`Active`, scanned: 'deactivated' },
  { name: 'shadow_banned', label: msg`Shadow-banned`, yes: msg`Shadow-banned`, no: msg`Not shadow-banned` },
  { name: 'erased', label: msg`Erased`, yes: msg`Erased`, no: msg`Not erased` },
  { name: 'admin', label: msg`Admins`, yes: msg`Admins`, no: msg`Non-admins` },
  { name: 'is_guest', label: msg`Guests`, yes: msg`Guests`, no: msg`No guests`, scanned: 'guests' },
];

const yesNo = (yes: Words, no: Words): { value: YesNo; label: Words }[] => [
  ANY,
  { value: 'yes', label: yes },
  { value: 'no', label: no },
];

/** By everything that a scan knows. Those that are asked for most come first. */
export function ScanFilters({ filter, facets, session, choice, onChange }: ScanFiltersProps) {
  const { t } = useLingui();
  const more = moreSet(filter);
  const [open, setOpen] = useState(more > 0);
  const { version } = session;
  return (
    <FilterRow
      set={filtersSet(filter)}
      search={
        <SearchField
          label={t`Search`}
          placeholder={t`Name, user ID, email or external ID`}
          value={filter.q}
          onSearch={(q) => onChange({ q }, { replace: true })}
        />
      }
    >
      {(has(version, 'suspended') || filter.suspended !== 'any') && (
        <FilterChoice
          label={t`Suspended`}
          choices={yesNo(msg`Suspended`, msg`Not suspended`)}
          value={filter.suspended}
          onChange={(suspended) => onChange({ suspended })}
        />
      )}
      <FilterChoice label={t`Email`} choices={EMAILS} value={filter.email} onChange={(email) => onChange({ email })} />
      <FilterChoice
        label={t`Provider`}
        choices={choicesOf(facets.providers, filter.provider, msg`No external ID`, msg`Any external ID`)}
        value={filter.provider === '' ? 'any' : filter.provider}
        onChange={(provider) => onChange({ provider: provider === 'any' ? '' : provider })}
      />
      {(choice.devices || filter.devices_over !== '') && (
        <FilterText
          label={t`Sessions over`}
          placeholder={t`10`}
          value={filter.devices_over}
          problem={
            filter.devices_over === '' || numberOver(filter.devices_over) !== null ? null : t`Enter a whole number.`
          }
          onChange={(devices_over) => onChange({ devices_over })}
        />
      )}
      {(choice.storage || filter.storage_over !== '') && (
        <FilterText
          label={t`Storage over`}
          placeholder={t`1 GB`}
          value={filter.storage_over}
          problem={sizeProblem(filter.storage_over)}
          onChange={(storage_over) => onChange({ storage_over })}
        />
      )}
      <Button
        variant={more > 0 ? 'light' : 'subtle'}
        rightSection={open ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
        className={classes.toggle}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {more === 0 ? t`More filters` : plural(more, { one: '# more filter', other: '# more filters' })}
      </Button>
      {open && <MoreFilters filter={filter} facets={facets} session={session} choice={choice} onChange={onChange} />}
    </FilterRow>
  );
}

function MoreFilters({ filter, facets, session, choice, onChange }: ScanFiltersProps) {
  const { t } = useLingui();
  const flags = FLAGS.filter(({ name, feature, scanned }) => {
    // One that is set, by the URL, is shown in any case.
    if (filter[name] !== 'any') return true;
    return (!scanned || choice[scanned]) && (!feature || has(session.version, feature));
  });
  const domains = useId();
  return (
    <div className={classes.more} role="group" aria-label={t`More filters`}>
      {flags.map(({ name, label, yes, no }) => (
        <FilterChoice
          key={name}
          label={wordsOf(label)}
          choices={yesNo(yes, no)}
          value={filter[name]}
          onChange={(value) => onChange({ [name]: value })}
        />
      ))}
      <FilterText
        label={t`Email domain`}
        placeholder={t`example.org`}
        value={filter.domain}
        list={domains}
        onChange={(domain) => onChange({ domain })}
      />
      <datalist id={domains}>
        {facets.domains.map(({ value }) => (
          <option key={value} value={value}>
            {shownId(value)}
          </option>
        ))}
      </datalist>
      <FilterChoice
        label={t`Type`}
        choices={choicesOf(facets.types, filter.type, msg`No type`, msg`Any type`)}
        value={filter.type === '' ? 'any' : filter.type}
        onChange={(type) => onChange({ type: type === 'any' ? '' : type })}
      />
      <FilterChoice
        label={t`Application service`}
        choices={choicesOf(facets.appservices, filter.appservice, msg`None`, msg`Any`)}
        value={filter.appservice === '' ? 'any' : filter.appservice}
        onChange={(appservice) => onChange({ appservice: appservice === 'any' ? '' : appservice })}
      />
      <FilterChoice
        label={t`Consent`}
        choices={CONSENT}
        value={filter.consent}
        onChange={(consent) => onChange({ consent })}
      />
      <FilterChoice label={t`Last seen`} choices={SEEN} value={filter.seen} onChange={(seen) => onChange({ seen })} />
      {filter.seen.startsWith('before') && (
        <FilterText
          type="date"
          label={t`Last seen before`}
          value={filter.seen_before}
          problem={dateProblem(filter.seen_before)}
          onChange={(seen_before) => onChange({ seen_before })}
        />
      )}
      <FilterText
        type="date"
        label={t`Created from`}
        value={filter.created_from}
        problem={dateProblem(filter.created_from)}
        onChange={(created_from) => onChange({ created_from })}
      />
      <FilterText
        type="date"
        label={t`Created until`}
        value={filter.created_to}
        problem={dateProblem(filter.created_to)}
        onChange={(created_to) => onChange({ created_to })}
      />
    </div>
  );
}

/** All, none, any, and each that there is with how many users have it; the one in the URL too, where nobody has it. */
function choicesOf(
  facets: readonly Facet[],
  chosen: string,
  none: Words,
  any: Words,
): { value: string; label: Words }[] {
  const known = facets.map(({ value, users }) => ({
    value: `of:${value}`,
    label: `${shownId(value, 60)} (${formatCount(users)})`,
  }));
  const isUnknown = chosen.startsWith('of:') && !known.some(({ value }) => value === chosen);
  return [
    ANY,
    { value: 'none', label: none },
    { value: 'some', label: any },
    ...known,
    ...(isUnknown ? [{ value: chosen, label: shownId(chosen.slice('of:'.length), 60) }] : []),
  ];
}

const NO_DATE = msg`Not a date`;

function dateProblem(date: string): string | null {
  return date === '' || startOfDay(date) !== null ? null : wordsOf(NO_DATE);
}

function sizeProblem(typed: string): string | null {
  if (typed === '') return null;
  const read = parseSize(typed, 'MB');
  return read.ok ? null : wordsOf(read.reason);
}
