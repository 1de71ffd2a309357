import type { ReactNode } from 'react';
import type { Words } from '~/lib/words';

/** A tab of a user’s page. Its body lives in `entities/mas*`, and reads by itself. */
export interface MasTab {
  /** As it stands in the URL. */
  readonly id: string;
  readonly label: Words;
  readonly content: (userId: string) => ReactNode;
}

/** Tabs of a user’s page that show what Matrix Authentication Service keeps. Shown where its Admin API can be used, in this order. */
export const MAS_TABS: readonly MasTab[] = [];
