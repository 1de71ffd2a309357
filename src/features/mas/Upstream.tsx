import { msg, t } from '@lingui/core/macro';
import { Button, Group, NativeSelect, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { UpstreamProvider } from '~/api/mas/upstream';
import { useMasLacks } from '~/data/mas-server';
import { masThings, providerName } from '~/data/mas-things';
import { useSession } from '~/data/session';
import { UpstreamLinks } from '~/entities/mas/UpstreamLinks';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Marks, type Mark } from '~/ui/Marks';
import { Outside } from '~/ui/Outside';
import { SearchField } from '~/ui/SearchField';
import { Section } from '~/ui/Section';

const ENABLED: Mark = { label: msg`enabled`, tone: 'good' };
const DISABLED: Mark = { label: msg`disabled`, tone: 'plain' };

const COLUMNS: readonly Column<UpstreamProvider>[] = [
  {
    id: 'name',
    header: msg`Provider`,
    width: 'minmax(10rem, 1.2fr)',
    cell: (provider) => <Outside text={providerName(provider)} longest={80} />,
  },
  {
    id: 'issuer',
    header: msg`Issuer`,
    width: 'minmax(12rem, 2fr)',
    cell: ({ issuer }) => (issuer == null ? '' : <Outside as="id" text={issuer} longest={160} />),
  },
  { id: 'id', header: msg`ID`, width: 'minmax(15rem, 1.4fr)', cell: ({ id }) => <Id value={id} /> },
  {
    id: 'state',
    header: msg`Status`,
    width: 'minmax(7rem, 0.6fr)',
    cell: ({ disabled_at: disabled }) => <Marks marks={[disabled == null ? ENABLED : DISABLED]} />,
  },
];

const keyOf = ({ id }: UpstreamProvider): string => id;

/** Providers that MAS signs in with, and which accounts are linked to them. Providers stand in MAS's configuration. */
export function Upstream() {
  const { homeserver } = useSession();
  const lacking = useMasLacks('upstream-providers');
  const reading = useQuery({ ...masThings.providers(homeserver), enabled: lacking === null });
  const [provider, setProvider] = useState('');
  const [subject, setSubject] = useState('');
  const providers = reading.data ?? [];
  if (lacking !== null) return <EmptyNote title={t`Not on this MAS`}>{wordsOf(lacking)}</EmptyNote>;
  return (
    <Stack gap="xl">
      <Section
        unread={t`Could not load the providers`}
        refresh={t`Refresh providers`}
        reading={reading}
        tools={
          <Group gap="sm">
            <Title order={2} size="h4">
              {t`Providers`}
            </Title>
            {providers.length > 1 && (
              <Button component={Link} to={paths.moveLinks()} size="xs" variant="default">
                {t`Move links to another provider…`}
              </Button>
            )}
          </Group>
        }
      >
        {(rows) => (
          <DataTable
            label={t`Providers`}
            columns={COLUMNS}
            rows={rows}
            rowKey={keyOf}
            empty={
              <EmptyNote title={t`No upstream providers`}>{t`They are set up in MAS’s configuration file.`}</EmptyNote>
            }
          />
        )}
      </Section>
      <section>
        <Title order={2} size="h4" mb="xs">
          {t`Links`}
        </Title>
        <Group align="flex-end" gap="sm" mb="xs">
          <NativeSelect
            label={t`Provider`}
            value={provider}
            data={[
              { value: '', label: t`All` },
              ...providers.map((one) => ({ value: one.id, label: providerName(one) })),
            ]}
            onChange={(event) => setProvider(event.currentTarget.value)}
          />
          <SearchField label={t`Subject`} placeholder={t`Whole subject`} value={subject} onSearch={setSubject} />
        </Group>
        <UpstreamLinks provider={provider} subject={subject} />
      </section>
    </Stack>
  );
}
