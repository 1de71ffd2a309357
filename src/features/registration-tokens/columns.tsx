import { msg, t } from '@lingui/core/macro';
import { tokenState, type RegistrationToken, type TokenState } from '~/api/registration-tokens';
import { ActionMenu } from '~/entities/action/ActionMenu';
import { relative } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { registrationLink } from '~/lib/registration-link';
import { isTime } from '~/lib/times';
import { nameOfToken } from '~/lib/token-names';
import type { Column } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { Marks, type Mark } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { CopyLink } from './LinkField';

export const TOKEN_MARKS: Readonly<Record<TokenState, Mark>> = {
  usable: { label: msg`usable`, tone: 'good', meaning: msg`People can register with it.` },
  'used-up': { label: msg`used up`, tone: 'plain', meaning: msg`It has been used as often as its limit allows.` },
  expired: { label: msg`expired`, tone: 'plain', meaning: msg`It has expired.` },
};

/** Less than this is left. */
const SOON_MS = 7 * 86_400_000;

function marksOf(token: RegistrationToken, now: number): Mark[] {
  const state = tokenState(token, now);
  const { expiry_time: expiry } = token;
  const isSoon = state === 'usable' && expiry != null && isTime(expiry) && expiry - now < SOON_MS;
  const when = isSoon ? relative(expiry, now) : '';
  return isSoon ? [TOKEN_MARKS.usable, { label: msg`expires ${when}`, tone: 'warning' }] : [TOKEN_MARKS[state]];
}

function usesWords({ completed, uses_allowed: allowed }: RegistrationToken): string {
  const done = formatCount(completed);
  if (allowed == null) return t`${done}, no limit`;
  const limit = formatCount(allowed);
  return t`${done} of ${limit}`;
}

const linkColumn = (template: string): Column<RegistrationToken> => ({
  id: 'link',
  header: msg`Link`,
  width: '8rem',
  cell: ({ token }) => <CopyLink link={registrationLink(template, token) ?? ''} />,
});

/**
 * @param now a time that stays the same while the rows do
 * @param template the address of the page at which people register, if there is one
 */
export const tokenColumns = (now: number, template: string): readonly Column<RegistrationToken>[] => [
  {
    id: 'token',
    header: msg`Token`,
    width: 'minmax(14rem, 2fr)',
    sortable: true,
    cell: ({ token }) => <Id value={token} />,
  },
  {
    id: 'state',
    header: msg`Status`,
    width: 'minmax(10rem, 1.2fr)',
    cell: (row) => <Marks marks={marksOf(row, now)} />,
  },
  {
    id: 'completed',
    header: msg`Registrations`,
    width: 'minmax(8rem, 0.8fr)',
    sortable: true,
    cell: usesWords,
  },
  {
    id: 'pending',
    header: msg`In progress`,
    width: 'minmax(6.5rem, 0.5fr)',
    sortable: true,
    cell: ({ pending }) => (pending === 0 ? '' : formatCount(pending)),
  },
  {
    id: 'expiry_time',
    header: msg`Expires`,
    width: 'minmax(8rem, 0.8fr)',
    sortable: true,
    cell: ({ expiry_time: expiry }) => <Moment ms={expiry} none={t`never`} />,
  },
  ...(registrationLink(template, 'x') === null ? [] : [linkColumn(template)]),
  {
    id: 'actions',
    header: msg`Actions`,
    width: '4.5rem',
    align: 'end',
    cell: ({ token }) => <ActionMenu entity="token" id={nameOfToken(token)} look="row" />,
  },
];
