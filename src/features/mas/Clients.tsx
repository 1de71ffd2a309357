import { msg, plural, t } from '@lingui/core/macro';
import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { MasClient } from '~/api/mas/clients';
import { useMasLacks } from '~/data/mas-server';
import { masClients } from '~/data/mas-things';
import { useSession } from '~/data/session';
import { NewestFirst } from '~/entities/mas/NewestFirst';
import { Several } from '~/entities/mas/Several';
import { wordsOf } from '~/lib/words';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChoice } from '~/ui/FilterChoice';
import { FilterRow } from '~/ui/FilterRow';
import { Id } from '~/ui/Id';
import { Marks, type Mark } from '~/ui/Marks';
import { Outside } from '~/ui/Outside';
import { SearchField } from '~/ui/SearchField';

const STATIC: Mark = { label: msg`configured`, tone: 'note' };
const DYNAMIC: Mark = { label: msg`registered`, tone: 'plain' };

const COLUMNS: readonly Column<MasClient>[] = [
  {
    id: 'name',
    header: msg`Name`,
    width: 'minmax(10rem, 1.4fr)',
    cell: ({ client_name: name }) => <Outside text={name} none={t`no name`} longest={80} />,
  },
  {
    id: 'uri',
    header: msg`Website`,
    width: 'minmax(11rem, 1.6fr)',
    cell: ({ client_uri: uri }) => (uri == null ? '' : <Outside as="id" text={uri} longest={120} />),
  },
  { id: 'id', header: msg`Client ID`, width: 'minmax(15rem, 1.4fr)', cell: ({ id }) => <Id value={id} /> },
  {
    id: 'grants',
    header: msg`Grant types`,
    width: 'minmax(11rem, 1.6fr)',
    cell: ({ grant_types: grants }) => <Several ids={grants} />,
  },
  {
    id: 'kind',
    header: msg`Kind`,
    width: 'minmax(9rem, 0.9fr)',
    cell: ({ is_static: isStatic }) => <Marks marks={[isStatic ? STATIC : DYNAMIC]} />,
  },
];

const KINDS = [
  { value: 'any', label: msg`All` },
  { value: 'dynamic', label: msg`Registered by themselves` },
  { value: 'static', label: msg`From MAS’s configuration` },
] as const;
const USED = [
  { value: 'any', label: msg`All` },
  { value: 'yes', label: msg`With active sessions` },
  { value: 'no', label: msg`Without` },
] as const;

const keyOf = ({ id }: MasClient): string => id;

/** Apps that users sign in with. They can’t be changed here: MAS has no request for it. */
export function Clients() {
  const { homeserver } = useSession();
  const lacking = useMasLacks('clients');
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'any' | 'dynamic' | 'static'>('any');
  const [used, setUsed] = useState<'any' | 'yes' | 'no'>('any');
  if (lacking !== null) return <EmptyNote title={t`Not on this MAS`}>{wordsOf(lacking)}</EmptyNote>;
  const filter = {
    ...(name !== '' && { name }),
    ...(kind !== 'any' && { kind }),
    ...(used !== 'any' && { hasActiveSessions: used === 'yes' }),
  };
  return (
    <Stack gap="sm">
      <FilterRow
        set={Object.keys(filter).length}
        search={
          <SearchField label={t`Search`} placeholder={t`Part of the client’s name`} value={name} onSearch={setName} />
        }
      >
        <FilterChoice label={t`Kind`} choices={KINDS} value={kind} onChange={(value) => setKind(value)} />
        <FilterChoice label={t`Sessions`} choices={USED} value={used} onChange={(value) => setUsed(value)} />
      </FilterRow>
      <NewestFirst
        queryKey={[homeserver.baseUrl, 'mas', 'clients', filter]}
        read={(before, signal) => masClients(homeserver, filter, { before, signal })}
        label={t`OAuth clients`}
        unread={t`Could not load the clients`}
        refresh={t`Refresh clients`}
        columns={COLUMNS}
        rowKey={keyOf}
        count={(total) => t`${plural(total, { one: '# client', other: '# clients' })}`}
        empty={<EmptyNote title={t`No clients found`}>{t`Clear the search or the filters.`}</EmptyNote>}
      />
    </Stack>
  );
}
