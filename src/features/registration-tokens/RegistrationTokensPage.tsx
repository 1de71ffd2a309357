import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Code, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { createTokens } from '~/actions/token/create';
import { deleteTokens } from '~/actions/token/delete';
import type { RegistrationToken, TokenState } from '~/api/registration-tokens';
import { registrationTokens } from '~/data/registration-tokens';
import { useSession } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { isoTime } from '~/lib/times';
import { nameOfToken } from '~/lib/token-names';
import { DataTable } from '~/ui/DataTable';
import { ExportMenu, type ExportColumn } from '~/ui/ExportMenu';
import { FilterChips } from '~/ui/FilterChips';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';
import { CreateButton } from './CreateButton';
import { CreateTokens } from './CreateTokens';
import { TOKEN_MARKS, tokenColumns } from './columns';
import { LinkField, useLinkTemplate } from './LinkField';
import { MasTokensPage } from './MasTokensPage';
import { countStates, shownTokens, type TokenList } from './token-list';
import { NoTokens, TokenSearch } from './TokenSearch';

/** All registration tokens of this homeserver. What is searched for stays out of the address: it may be a token. */
export function RegistrationTokensPage() {
  const { homeserver } = useSession();
  return homeserver.mas ? <MasTokensPage /> : <SynapseTokensPage />;
}

function SynapseTokensPage() {
  const { homeserver } = useSession();
  const reading = useQuery(registrationTokens.all(homeserver));
  const rows = reading.data?.rows;
  const [isCreating, creating] = useDisclosure();
  return (
    <Page
      title={t`Registration tokens`}
      about={
        <Trans>
          Anyone who has one can create an account, if <Code>registration_requires_token</Code> is set in the
          homeserver’s configuration.
        </Trans>
      }
      reading={{ of: reading, refresh: t`Refresh tokens` }}
      actions={
        rows && (
          <>
            <ExportMenu
              stem="registration-tokens"
              columns={EXPORTED}
              read={() => ({ rows, lost: lostIn(reading.data?.odd ?? []) })}
            />
            <CreateButton action={createTokens} onClick={creating.open} />
          </>
        )
      }
    >
      <Section unread={t`Could not load the tokens`} reading={reading}>
        {({ rows: tokens, odd }) => (
          <>
            <OddRowsNote odd={odd} />
            <Tokens tokens={tokens} now={reading.dataUpdatedAt} />
          </>
        )}
      </Section>
      {isCreating && <CreateTokens action={createTokens} onClose={creating.close} />}
    </Page>
  );
}

const EXPORTED: readonly ExportColumn<RegistrationToken>[] = [
  { name: 'token', of: ({ token }) => token },
  { name: 'uses_allowed', of: ({ uses_allowed: uses }) => uses },
  { name: 'completed', of: ({ completed }) => completed },
  { name: 'pending', of: ({ pending }) => pending },
  { name: 'expires', of: ({ expiry_time: expiry }) => isoTime(expiry) },
];

const USUAL: TokenList = { search: '', only: null, sort: { column: 'token', descending: false } };

/** Those that are not even shown in part. */
const lostIn = (odd: readonly { readonly legible?: unknown }[]): number =>
  odd.filter(({ legible }) => legible === undefined).length;

/** @param props.now when they were read */
function Tokens({ tokens, now }: { tokens: readonly RegistrationToken[]; now: number }) {
  const [list, setList] = useState(USUAL);
  const change = (part: Partial<TokenList>) => setList((before) => ({ ...before, ...part }));
  const shown = useMemo(() => shownTokens(tokens, list, now), [tokens, list, now]);
  const counts = useMemo(() => countStates(tokens, now), [tokens, now]);
  const [template, setTemplate] = useLinkTemplate();
  const columns = useMemo(() => tokenColumns(now, template), [now, template]);
  const openWith = useOpenWith();
  const deleteShown = () => {
    const ids = shown.map(({ token }) => nameOfToken(token));
    openWith(paths.bulk(deleteTokens.kind), { things: { entity: 'token', ids } });
  };
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TokenSearch value={list.search} onChange={(search) => change({ search })} />
        <FilterChips<TokenState>
          label={t`Status`}
          chips={(['usable', 'used-up', 'expired'] as const).map((value) => ({
            value,
            label: TOKEN_MARKS[value].label,
            count: counts[value],
          }))}
          value={list.only}
          onChange={(only) => change({ only })}
        />
      </Group>
      <Group justify="space-between" gap="xs">
        <TableCaption>{countWords(shown.length, tokens.length)}</TableCaption>
        {list.only !== null && shown.length > 0 && (
          <Button size="xs" variant="default" leftSection={<IconTrash size={14} aria-hidden />} onClick={deleteShown}>
            {t`Delete ${plural(shown.length, { one: 'this token', other: 'these # tokens' })}…`}
          </Button>
        )}
      </Group>
      {tokens.length > 0 && <LinkField template={template} onChange={setTemplate} />}
      <DataTable
        label={t`Registration tokens`}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        sort={list.sort}
        onSort={(sort) => change({ sort })}
        empty={<NoTokens all={tokens.length} />}
      />
    </>
  );
}

const keyOf = ({ token }: RegistrationToken): string => token;

const countWords = (shown: number, all: number): string =>
  shown === all
    ? t`${plural(all, { one: '# token', other: '# tokens' })}`
    : t`${shown} of ${plural(all, { one: '# token', other: '# tokens' })}`;
