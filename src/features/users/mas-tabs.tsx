import { msg } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { Emails } from '~/entities/mas/Emails';
import { PersonalTokens } from '~/entities/mas/PersonalTokens';
import { UpstreamLinks } from '~/entities/mas/UpstreamLinks';
import { UserMasSessions } from '~/entities/mas/UserMasSessions';
import type { Words } from '~/lib/words';

/** A tab of a user’s page. Its body lives in `entities/mas*`, and reads by itself. */
export interface MasTab {
  /** As it stands in the URL. */
  readonly id: string;
  readonly label: Words;
  readonly content: (userId: string) => ReactNode;
}

/** Tabs of a user’s page that show what Matrix Authentication Service keeps. Shown where its Admin API can be used, in this order. */
export const MAS_TABS: readonly MasTab[] = [
  { id: 'mas-sessions', label: msg`MAS sessions`, content: (userId) => <UserMasSessions userId={userId} /> },
  { id: 'emails', label: msg`Email addresses`, content: (userId) => <Emails userId={userId} /> },
  { id: 'links', label: msg`Upstream links`, content: (userId) => <UpstreamLinks userId={userId} /> },
  {
    id: 'tokens',
    label: msg`Access tokens`,
    content: (userId) => <PersonalTokens user={userId} status="any" userId={userId} />,
  },
];
