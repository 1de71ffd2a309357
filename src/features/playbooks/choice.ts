import * as z from 'zod/mini';
import type { Entered } from '~/actions/form';
import { handedUsers } from '~/data/kept-handover';
import type { UserChoice } from '~/entities/user/UserChooser';
import { NO_FILTER, type AccountFilter } from './accounts';

/** What is chosen for the spam wave. */
export interface SpamChoice extends UserChoice<'handed' | 'filter' | 'named'> {
  readonly filter: AccountFilter;
  /** Null: as it is offered. */
  readonly values: Entered | null;
}

export const FIRST_SPAM: SpamChoice = { from: 'filter', handed: null, text: '', filter: NO_FILTER, values: null };

const text = z.string();
const entered = z.nullable(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])));

export const keptSpam = z.object({
  from: z.enum(['handed', 'filter', 'named']),
  handed: z.nullable(handedUsers),
  text,
  filter: z.object({ name: text, after: text, before: text, ip: text, domain: text, onlyReported: z.boolean() }),
  values: entered,
});

/** What is chosen for the end of a bridge. */
export interface BridgeChoice {
  readonly by: 'appservice' | 'prefix';
  readonly appservice: string;
  readonly prefix: string;
  /** Stays, whatever else goes. */
  readonly bot: string;
  readonly values: Entered | null;
}

export const FIRST_BRIDGE: BridgeChoice = { by: 'prefix', appservice: '', prefix: '', bot: '', values: null };

export const keptBridge = z.object({
  by: z.enum(['appservice', 'prefix']),
  appservice: text,
  prefix: text,
  bot: text,
  values: entered,
});
