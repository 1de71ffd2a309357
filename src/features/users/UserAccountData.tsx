import { msg, plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { AccountData } from '~/api/user-details';
import { lacks } from '~/api/since';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { RoomLink } from '~/entities/room/RoomLink';
import { wordsOf } from '~/lib/words';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { JsonFold } from '~/ui/JsonFold';
import { Outside } from '~/ui/Outside';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';
import { OnDemand } from './OnDemand';

/** Settings that the user's clients keep on the homeserver. They are private: nothing of them is read unasked. */
export function UserAccountData({ userId }: { userId: string }) {
  const { version } = useSession();
  const lacking = lacks(version, 'account-data');
  return (
    <OnDemand
      title={t`Account data`}
      about={t`What the user’s clients keep on the homeserver: settings, direct chats, ignored users, tags of rooms. It is private.`}
      show={t`Show entries`}
      lacking={lacking && wordsOf(lacking)}
    >
      <Table userId={userId} />
    </OnDemand>
  );
}

export const ACCOUNT_DATA_COLUMNS: readonly Column<AccountData>[] = [
  {
    id: 'type',
    header: msg`Type`,
    width: 'minmax(13rem, 1.2fr)',
    cell: ({ type }) => <Outside as="id" text={type} longest={200} />,
  },
  {
    id: 'room',
    header: msg`Room`,
    width: 'minmax(10rem, 0.9fr)',
    cell: ({ roomId }) => (roomId === null ? t`whole account` : <RoomLink roomId={roomId} />),
  },
  {
    id: 'content',
    header: msg`Content`,
    width: 'minmax(14rem, 2fr)',
    cell: ({ content }) => <JsonFold content={content} />,
  },
];

const keyOf = ({ roomId, type }: AccountData): string => JSON.stringify([roomId, type]);

function Table({ userId }: { userId: string }) {
  const { homeserver } = useSession();
  const reading = useQuery(userDetails.accountData(homeserver, userId));
  return (
    <Section unread={t`Could not load the account data`} refresh={t`Refresh account data`} reading={reading}>
      {(rows) => (
        <>
          <TableCaption>{countWords(rows.length)}</TableCaption>
          <DataTable
            label={t`Account data`}
            columns={ACCOUNT_DATA_COLUMNS}
            rows={rows}
            rowKey={keyOf}
            empty={
              <EmptyNote title={t`No account data`}>
                {t`The user’s clients have stored nothing, or the account was deactivated.`}
              </EmptyNote>
            }
          />
        </>
      )}
    </Section>
  );
}

const countWords = (count: number): string => plural(count, { one: '# entry', other: '# entries' });
