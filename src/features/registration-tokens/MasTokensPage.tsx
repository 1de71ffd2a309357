import { msg, plural, t } from '@lingui/core/macro';
import { Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { createMasTokens } from '~/actions/mas/mas-token';
import type { MasRegistrationToken } from '~/api/mas/registration-tokens';
import { useMasLacks } from '~/data/mas-server';
import { registrationTokens } from '~/data/registration-tokens';
import { useSession } from '~/data/session';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { SelectableTable } from '~/entities/list/SelectableTable';
import { formatCount } from '~/lib/numbers';
import { registrationLink } from '~/lib/registration-link';
import { wordsOf } from '~/lib/words';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { FilterChips } from '~/ui/FilterChips';
import { Id } from '~/ui/Id';
import { Marks, type Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { CreateButton } from './CreateButton';
import { CreateTokens } from './CreateTokens';
import { CopyLink, LinkField, useLinkTemplate } from './LinkField';
import { masTokenState, shownMasTokens, type MasTokenState } from './mas-token-list';
import { NoTokens, TokenSearch } from './TokenSearch';

/** The registration tokens of MAS: they are revoked and not deleted, and it does not say who is registering right now. */
export function MasTokensPage() {
  const { homeserver } = useSession();
  const lacking = useMasLacks('registration-tokens');
  const reading = useQuery({ ...registrationTokens.ofMas(homeserver), enabled: lacking === null });
  const rows = reading.data?.rows;
  const [isCreating, creating] = useDisclosure();
  return (
    <Page
      title={t`Registration tokens`}
      about={t`Anyone who has one can create an account at Matrix Authentication Service (MAS), if its configuration asks for tokens.`}
      reading={{ of: reading, refresh: t`Refresh tokens` }}
      actions={
        rows && (
          <>
            <ExportMenu
              stem="registration-tokens"
              columns={EXPORTED}
              read={() => ({ rows, lost: reading.data?.odd.length ?? 0 })}
            />
            <CreateButton action={createMasTokens} onClick={creating.open} />
          </>
        )
      }
    >
      {lacking === null ? (
        <Section unread={t`Could not load the tokens`} reading={reading}>
          {({ rows: tokens, odd }) => (
            <>
              <OddRowsNote odd={odd} />
              <Tokens tokens={tokens} now={reading.dataUpdatedAt} />
            </>
          )}
        </Section>
      ) : (
        <EmptyNote title={t`Not on this MAS`}>{wordsOf(lacking)}</EmptyNote>
      )}
      {isCreating && <CreateTokens action={createMasTokens} onClose={creating.close} />}
    </Page>
  );
}

const EXPORTED: readonly ExportColumn<MasRegistrationToken>[] = [
  { name: 'id', of: ({ id }) => id },
  { name: 'token', of: ({ token }) => token },
  { name: 'usage_limit', of: ({ usage_limit: limit }) => limit },
  { name: 'times_used', of: ({ times_used: used }) => used },
  { name: 'created_at', of: ({ created_at: time }) => time },
  { name: 'last_used_at', of: ({ last_used_at: time }) => time },
  { name: 'expires_at', of: ({ expires_at: time }) => time },
  { name: 'revoked_at', of: ({ revoked_at: time }) => time },
];

const MARKS: Readonly<Record<MasTokenState, Mark>> = {
  usable: { label: msg`usable`, tone: 'good', meaning: msg`People can register with it.` },
  'used-up': { label: msg`used up`, tone: 'plain', meaning: msg`It has been used as often as its limit allows.` },
  expired: { label: msg`expired`, tone: 'plain', meaning: msg`It has expired.` },
  revoked: { label: msg`revoked`, tone: 'plain', meaning: msg`An admin revoked it. It can be made usable again.` },
};

function usesWords({ times_used: used, usage_limit: allowed }: MasRegistrationToken): string {
  const done = formatCount(used);
  if (allowed == null) return t`${done}, no limit`;
  const limit = formatCount(allowed);
  return t`${done} of ${limit}`;
}

const ms = (time: string | null | undefined): number | null => (time == null ? null : Date.parse(time));

const columnsOf = (now: number, template: string): readonly Column<MasRegistrationToken>[] => [
  { id: 'token', header: msg`Token`, width: 'minmax(12rem, 2fr)', cell: ({ token }) => <Id value={token} /> },
  {
    id: 'state',
    header: msg`Status`,
    width: 'minmax(7rem, 0.7fr)',
    cell: (row) => <Marks marks={[MARKS[masTokenState(row, now)]]} />,
  },
  { id: 'uses', header: msg`Registrations`, width: 'minmax(8rem, 0.8fr)', cell: usesWords },
  {
    id: 'last',
    header: msg`Last used`,
    width: 'minmax(7rem, 0.7fr)',
    cell: ({ last_used_at }) => <Moment ms={ms(last_used_at)} none={t`never`} />,
  },
  {
    id: 'expires',
    header: msg`Expires`,
    width: 'minmax(7rem, 0.7fr)',
    cell: ({ expires_at }) => <Moment ms={ms(expires_at)} none={t`never`} />,
  },
  {
    id: 'created',
    header: msg`Created`,
    width: 'minmax(7rem, 0.7fr)',
    cell: ({ created_at }) => <Moment ms={ms(created_at)} />,
  },
  ...(registrationLink(template, 'x') === null
    ? []
    : [
        {
          id: 'link',
          header: msg`Link`,
          width: '8rem',
          cell: (row: MasRegistrationToken) =>
            masTokenState(row, now) === 'usable' && <CopyLink link={registrationLink(template, row.token) ?? ''} />,
        },
      ]),
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: ({ id }) => <ActionMenu entity="mas-token" id={id} look="row" />,
  },
];

const idOf = ({ id }: MasRegistrationToken): string => id;
const STATES = ['usable', 'used-up', 'expired', 'revoked'] as const;

function Tokens({ tokens, now }: { tokens: readonly MasRegistrationToken[]; now: number }) {
  const [search, setSearch] = useState('');
  const [only, setOnly] = useState<MasTokenState | null>(null);
  const shown = useMemo(() => shownMasTokens(tokens, { search, only }, now), [tokens, search, only, now]);
  const [template, setTemplate] = useLinkTemplate();
  const columns = useMemo(() => columnsOf(now, template), [now, template]);
  const shownCount = formatCount(shown.length);
  const all = t`${plural(tokens.length, { one: '# token', other: '# tokens' })}`;
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TokenSearch value={search} onChange={setSearch} />
        <FilterChips<MasTokenState>
          label={t`Status`}
          chips={STATES.map((value) => ({
            value,
            label: MARKS[value].label,
            count: tokens.filter((row) => masTokenState(row, now) === value).length,
          }))}
          value={only}
          onChange={setOnly}
        />
      </Group>
      {tokens.length > 0 && <LinkField template={template} onChange={setTemplate} />}
      <SelectableTable
        label={t`Registration tokens`}
        columns={columns}
        rows={shown}
        rowKey={idOf}
        entity="mas-token"
        idOf={idOf}
        scrollKey={`${only ?? ''} ${search}`}
        caption={shown.length === tokens.length ? all : t`${shownCount} of ${all}`}
        empty={<NoTokens all={tokens.length} />}
      />
    </>
  );
}
