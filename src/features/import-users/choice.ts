import * as z from 'zod/mini';
import type { Session } from '~/data/session';
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
  /** MAS takes the passwords of the file, though it finds them too weak. */
  readonly weak: boolean;
  /** Words without a server name are users of this one: somebody said so. */
  readonly completes: boolean;
}

export const FIRST_CHOICE: Choice = {
  text: '',
  fileName: '',
  mapping: null,
  mode: 'both',
  passwords: 'made',
  weak: false,
  completes: false,
};

/** What of it outlives a reload: nothing that came out of the file. */
export const keptChoice = z.object({
  mode: z.enum(MODES),
  passwords: z.enum(['made', 'none']),
});

export const isField = (value: string): value is ColumnField => (COLUMN_FIELDS as readonly string[]).includes(value);

/** Who makes accounts here: `nobody` where MAS does, and Glia may not ask it. */
export type Maker = 'synapse' | 'mas' | 'nobody';
export const makerOf = ({ mas, homeserver }: Pick<Session, 'mas' | 'homeserver'>): Maker =>
  !mas ? 'synapse' : homeserver.mas === undefined ? 'nobody' : 'mas';

/** What is not used of a file. Behind MAS, Synapse would take it, and it would make no difference to anybody. */
export const UNUSED: Readonly<Record<Maker, ReadonlySet<ColumnField>>> = {
  synapse: new Set(),
  mas: new Set(['phone', 'external_ids']),
  nobody: new Set(['password', 'email', 'phone', 'external_ids', 'admin', 'locked']),
};

/** Without the columns that make no difference. */
export const usedMapping = (mapping: Mapping, maker: Maker): Mapping =>
  mapping.map((field) => (field !== null && UNUSED[maker].has(field) ? null : field));

/** The fields of the file that are not used here. */
export const unusedIn = (mapping: Mapping, maker: Maker): readonly ColumnField[] =>
  COLUMN_FIELDS.filter((field) => UNUSED[maker].has(field) && mapping.includes(field));
