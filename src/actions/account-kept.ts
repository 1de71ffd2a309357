import * as z from 'zod/mini';
import type { Json } from '~/jobs/job';
import type { Account } from './account';

/** What the ledger keeps of an account before it is made or changed. Journals are read with it, so it only ever grows. */
export interface KeptAccount {
  readonly kept: 'account/1';
  /** The fields that were to change, as they were. Null: there was no account. */
  readonly before: Account | null;
  readonly goal: Account;
  /** When the account was made, as the homeserver says it. Null: not known. */
  readonly identity: number | null;
  /** An answer said that this job made the account (201). */
  readonly made?: true;
}

const schema = z.object({
  kept: z.literal('account/1'),
  before: z.nullable(z.record(z.string(), z.json())),
  goal: z.record(z.string(), z.json()),
  identity: z.nullable(z.number()),
  made: z.optional(z.literal(true)),
});

export function readKeptAccount(kept: Json | undefined): KeptAccount | null {
  const parsed = z.safeParse(schema, kept);
  return parsed.success ? parsed.data : null;
}

export const toJson = (kept: KeptAccount): Json => ({ ...kept }) as unknown as Json;
