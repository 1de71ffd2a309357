import * as z from 'zod/mini';
import { COLUMN_FIELDS, type ColumnField, type Mapping } from '~/lib/user-columns';

export const MODES = ['both', 'create', 'skip', 'update'] as const;
export type Mode = (typeof MODES)[number];

/** What is chosen in the first step. */
export interface Choice {
  /** Of the file, or pasted. It may hold passwords, so it is never kept anywhere but in memory. */
  readonly text: string;
  readonly fileName: string;
  /** Where the admin chose other columns than Glia guessed, for this text. */
  readonly mapping: Mapping | null;
  readonly mode: Mode;
  /** Of new accounts for which the file has none. */
  readonly passwords: 'made' | 'none';
  /** Words without a server name are users of this one: somebody said so. */
  readonly completes: boolean;
}

export const FIRST_CHOICE: Choice = {
  text: '',
  fileName: '',
  mapping: null,
  mode: 'both',
  passwords: 'made',
  completes: false,
};

/** What of it outlives a reload: nothing that came out of the file. */
export const keptChoice = z.object({
  mode: z.enum(MODES),
  passwords: z.enum(['made', 'none']),
});

export const isField = (value: string): value is ColumnField => (COLUMN_FIELDS as readonly string[]).includes(value);

/** What MAS keeps: Synapse would take it, and it would make no difference to anybody. */
export const KEPT_BY_MAS: ReadonlySet<ColumnField> = new Set([
  'password',
  'email',
  'phone',
  'external_ids',
  'admin',
  'locked',
]);

/** Without the columns that make no difference behind MAS. */
export const usedMapping = (mapping: Mapping, mas: boolean): Mapping =>
  mas ? mapping.map((field) => (field !== null && KEPT_BY_MAS.has(field) ? null : field)) : mapping;
