import { msg, plural, t } from '@lingui/core/macro';
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { linkId } from '~/actions/mas/ids';
import { addLink } from '~/actions/mas/upstream-link';
import type { UpstreamProvider } from '~/api/mas/upstream';
import { masThings, providerName, upstreamLinks, type MasLink } from '~/data/mas-things';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { UserLink } from '~/entities/user/UserLink';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { Outside } from '~/ui/Outside';
import { NewestFirst } from './NewestFirst';
import { unlessNobody } from './unless-nobody';

const nameOf = ({ userId, provider_id, subject }: MasLink): string => linkId(userId, provider_id, subject);
const keyOf = ({ id }: MasLink): string => id;
const CHOSEN = { entity: 'upstream-link', idOf: nameOf, canSelect: ({ userId }: MasLink) => userId !== '' } as const;

const USER: Column<MasLink> = {
  id: 'user',
  header: msg`User`,
  width: 'minmax(12rem, 1.5fr)',
  cell: ({ userId }) => (userId === '' ? t`nobody yet` : <UserLink userId={userId} />),
};

const columnsOf = (providers: readonly UpstreamProvider[], ofOne: boolean): readonly Column<MasLink>[] => [
  ...(ofOne ? [] : [USER]),
  {
    id: 'provider',
    header: msg`Provider`,
    width: 'minmax(9rem, 1fr)',
    cell({ provider_id: id }) {
      const provider = providers.find((one) => one.id === id);
      return provider ? <Outside text={providerName(provider)} longest={60} /> : <Id value={id} />;
    },
  },
  {
    id: 'subject',
    header: msg`Subject`,
    width: 'minmax(11rem, 1.6fr)',
    cell: ({ subject }) => <Id value={subject} />,
  },
  {
    id: 'account',
    header: msg`Name there`,
    width: 'minmax(9rem, 1fr)',
    cell: ({ human_account_name }) => <Outside text={human_account_name} longest={80} />,
  },
  {
    id: 'created',
    header: msg`Linked`,
    width: 'minmax(7.5rem, 0.7fr)',
    cell: ({ created_at }) => <Moment ms={Date.parse(created_at)} />,
  },
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: (row) => row.userId !== '' && <ActionMenu entity="upstream-link" id={nameOf(row)} look="row" />,
  },
];

interface UpstreamLinksProps {
  /** Whose; missing: of all accounts. */
  userId?: string;
  provider?: string;
  subject?: string;
}

/** Which accounts at other providers sign in which accounts here. */
export function UpstreamLinks({ userId, provider = '', subject = '' }: UpstreamLinksProps) {
  const session = useSession();
  const user = userId ?? '';
  const { data: providers } = useQuery(masThings.providers(session.homeserver));
  const columns = useMemo(() => columnsOf(providers ?? [], userId !== undefined), [providers, userId]);
  const filter = { user, ...(provider !== '' && { provider }), ...(subject !== '' && { subject }) };
  return (
    <>
      <NewestFirst
        queryKey={[session.homeserver.baseUrl, 'mas', 'links', filter]}
        read={(before, signal) => unlessNobody(upstreamLinks(session, filter, { before, signal }))}
        label={t`Upstream links`}
        unread={t`Could not load the links`}
        refresh={t`Refresh links`}
        columns={columns}
        rowKey={keyOf}
        chosen={CHOSEN}
        count={(total) => t`${plural(total, { one: '# link', other: '# links' })}`}
        empty={
          <EmptyNote title={t`No upstream links`}>
            {t`A link lets somebody who signs in at a provider sign in to an account here.`}
          </EmptyNote>
        }
      />
      {userId !== undefined && providers !== undefined && providers.length > 0 && (
        <AddLink userId={userId} providers={providers} />
      )}
    </>
  );
}

function AddLink({ userId, providers }: { userId: string; providers: readonly UpstreamProvider[] }) {
  const [provider, setProvider] = useState(providers[0]?.id ?? '');
  const [text, setText] = useState('');
  const [added, setAdded] = useState<string | null>(null);
  const subject = text.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (subject !== '') setAdded(subject);
  };
  return (
    <form onSubmit={submit}>
      <Group align="flex-end" gap="xs" mt="sm">
        <NativeSelect
          label={t`Provider`}
          value={provider}
          data={providers.map((one) => ({ value: one.id, label: providerName(one) }))}
          onChange={(event) => setProvider(event.currentTarget.value)}
          w={{ base: '100%', xs: 220 }}
        />
        <TextInput
          label={t`Subject at the provider`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          w={{ base: '100%', xs: 320 }}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" disabled={subject === ''}>
          {t`Add link…`}
        </Button>
      </Group>
      {added !== null && (
        <ActionDialog
          action={addLink}
          id={linkId(userId, provider, added)}
          onDone={() => setText('')}
          onClose={() => setAdded(null)}
        />
      )}
    </form>
  );
}
