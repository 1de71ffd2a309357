import { msg, plural, t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import type { Uploader } from '~/api/statistics';
import { readParams, writeParams } from '~/data/list-state';
import {
  canSearchUploaders,
  isSpan,
  statistics,
  uploaderFilter,
  uploaderListSchema,
  USUAL_UPLOADER_LIST,
  type UploaderFilter,
  type UploaderListState,
} from '~/data/statistics';
import type { FiltersProps, ListDefinition, Selected } from '~/entities/list/list';
import { useOpenWith } from '~/entities/list/use-open-with';
import { UserLink } from '~/entities/user/UserLink';
import { formatBytes } from '~/lib/bytes';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { FilterRow } from '~/ui/FilterRow';
import { SearchField } from '~/ui/SearchField';

const NONE = { title: msg`No media`, text: msg`No user of this homeserver has uploaded anything.` };

/** How much each user has uploaded, the most first. */
export const UPLOADERS_LIST: ListDefinition<Uploader, UploaderListState, UploaderFilter> = {
  name: 'uploaders',
  words: {
    label: msg`Media by user`,
    all: (total) => msg`${plural(total, { one: '# user', other: '# users' })}`,
    some: (first, last, total) => msg`${first}–${last} of ${plural(total, { one: '# user', other: '# users' })}`,
    unread: msg`Could not load the statistics`,
    refresh: msg`Refresh statistics`,
  },
  params: {
    read: (params) => readParams(uploaderListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_UPLOADER_LIST),
  },
  usual: USUAL_UPLOADER_LIST,
  keyOf: ({ user_id: id }) => id,
  which: {
    id: 'user_id',
    header: msg`User`,
    width: 'minmax(15rem, 3fr)',
    sortable: true,
    cell: ({ user_id: id }) => <UserLink userId={id} />,
  },
  columns: {
    media_count: {
      header: msg`Files`,
      width: '8rem',
      align: 'end',
      sortable: true,
      cell: ({ media_count: count }) => formatCount(count),
    },
    media_length: {
      header: msg`Size`,
      width: '8rem',
      align: 'end',
      sortable: true,
      cell: ({ media_length: bytes }) => (bytes == null ? t`unknown` : formatBytes(bytes)),
    },
  },
  orders: () => [
    {
      group: msg`Sort the users by`,
      items: [
        { value: 'media_length', label: msg`Size` },
        { value: 'media_count', label: msg`Files` },
        { value: 'user_id', label: msg`User ID` },
        { value: 'displayname', label: msg`Display name` },
      ],
    },
  ],
  filter: uploaderFilter,
  selectsEverything: false,
  query: (state, { homeserver }) => statistics.uploaders(homeserver, state),
  Filters: UploaderFilters,
  notes: (state) => [
    ...(canSearchUploaders(state)
      ? []
      : [t`Synapse can’t search for accents or other scripts here. Search for the user ID instead.`]),
    ...(isSpan(state) ? [] : [t`The last day is before the first one.`]),
  ],
  Actions: SelectedUploaders,
  empty: {
    unmatched: {
      title: msg`No users found`,
      text: msg`The search looks at user IDs and display names, the days at when the files were uploaded.`,
    },
    none: NONE,
  },
};

function UploaderFilters({ state, onChange }: FiltersProps<UploaderListState>) {
  return (
    <FilterRow
      set={[state.uploaded_from, state.uploaded_until].filter((day) => day !== '').length}
      search={
        <SearchField
          label={t`Search`}
          placeholder={t`Part of a user ID or display name`}
          value={state.search_term}
          onSearch={(text) => onChange({ search_term: text }, { replace: true })}
        />
      }
    >
      <TextInput
        type="date"
        label={t`Uploaded from`}
        value={state.uploaded_from}
        onChange={(event) => onChange({ uploaded_from: event.currentTarget.value }, { replace: true })}
      />
      <TextInput
        type="date"
        label={t`Uploaded until`}
        value={state.uploaded_until}
        onChange={(event) => onChange({ uploaded_until: event.currentTarget.value }, { replace: true })}
      />
    </FilterRow>
  );
}

function SelectedUploaders({ selected }: { selected: Selected<object> }) {
  const openWith = useOpenWith();
  const ids = 'ids' in selected ? selected.ids : [];
  return (
    <Button size="xs" onClick={() => openWith(paths.deleteMedia(), { users: { ids } })}>
      {t`Delete media…`}
    </Button>
  );
}
