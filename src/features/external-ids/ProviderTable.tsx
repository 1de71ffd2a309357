import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Radio, Text } from '@mantine/core';
import { useMemo } from 'react';
import { byLocale } from '~/lib/locale';
import { formatCount } from '~/lib/numbers';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { StateTag } from '~/ui/StateTag';
import classes from './external-ids.module.css';
import { offeredAs, type OfferedProvider, type ProviderCount } from './plan';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';
import { verbatim } from '~/ui/verbatim';

interface ProviderTableProps {
  counts: readonly ProviderCount[];
  /** Null: not known, or not asked for because users sign in through MAS. */
  offered: readonly OfferedProvider[] | null;
  mas: boolean;
  value: string | null;
  onChange(provider: string): void;
}

const providerOf = ({ provider }: ProviderCount): string => provider;

/** Every provider that a user has an ID of. One of them is chosen. */
export function ProviderTable({ counts, offered, mas, value, onChange }: ProviderTableProps) {
  const { t } = useLingui();
  const columns = useMemo(() => columnsOf(offered, mas, value, onChange), [offered, mas, value, onChange]);
  const unused = (offered ?? []).filter(({ id }) => !counts.some(({ provider }) => provider === id));
  const providers = verbatim(lists().format(unused.map(({ id }) => isolated(id))));
  return (
    <>
      <DataTable
        label={t`Providers`}
        columns={columns}
        rows={counts}
        rowKey={providerOf}
        empty={
          <EmptyNote title={t`None of these users has an external ID`}>
            <Trans>There is nothing to remove.</Trans>
          </EmptyNote>
        }
      />
      <Text size="sm" c="dimmed">
        <Trans>
          Provider names are compared exactly: <code>oidc-google</code> is not <code>google</code>.
        </Trans>{' '}
        {unused.length > 0 && (
          <Trans>Sign-in also offers {providers}, but none of these users has an ID from there.</Trans>
        )}
      </Text>
    </>
  );
}

const lists = byLocale((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));

function number(id: keyof ProviderCount, header: string, width = '4.5rem'): Column<ProviderCount> {
  return { id, header, width, align: 'end', cell: (row) => formatCount(Number(row[id])) };
}

function columnsOf(
  offered: readonly OfferedProvider[] | null,
  mas: boolean,
  value: string | null,
  onChange: (provider: string) => void,
): Column<ProviderCount>[] {
  return [
    {
      id: 'provider',
      header: t`Provider`,
      width: 'minmax(12rem, 2fr)',
      cell: ({ provider }) => (
        <Radio
          name="provider"
          classNames={{ body: classes.provider, labelWrapper: classes.provider }}
          label={<Id value={provider} plain wrap />}
          checked={value === provider}
          onChange={() => onChange(provider)}
        />
      ),
    },
    {
      id: 'offered',
      header: t`Offered at sign-in`,
      width: 'minmax(11rem, 1.4fr)',
      cell: ({ provider }) => (
        <Offered as={offered && offeredAs(provider, offered)} known={offered !== null} mas={mas} />
      ),
    },
    number('users', t`Users`),
    number('ids', t`IDs`),
    number('several', t`2 or more IDs`, '6rem'),
    number('hidden', t`Deactivated, locked`, '9rem'),
    number('only', t`No other ID`, '6.5rem'),
  ];
}

function Offered({ as, known, mas }: { as: OfferedProvider | null | undefined; known: boolean; mas: boolean }) {
  if (mas)
    return (
      <span className={classes.none}>
        <Trans>sign-in is through MAS</Trans>
      </span>
    );
  if (!known)
    return (
      <span className={classes.none}>
        <Trans>not known</Trans>
      </span>
    );
  return as ? (
    <span className={classes.who}>
      <StateTag dot="var(--mantine-color-teal-6)">
        <Trans>offered</Trans>
      </StateTag>
      <Outside text={as.name} className={classes.none} />
    </span>
  ) : (
    <StateTag dot="var(--mantine-color-orange-5)">
      <Trans>not offered</Trans>
    </StateTag>
  );
}
