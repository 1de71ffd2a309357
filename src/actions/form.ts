import type { FeatureId } from '~/api/since';
import type { Json } from '~/jobs/job';
import type { Text } from '~/lib/text';

/** What an admin enters before a change: the dialog draws it, for one item and for many. */

export interface Form<Input extends Json, Seen = unknown> {
  readonly fields: readonly Field[];
  /** The fields of a dialog for one item, where they hang on how it is now. */
  fieldsFor?(seen: Seen): readonly Field[];
  readonly initial: Entered;
  /** What the fields of a dialog for one item begin with, where that is how the item is now. */
  from?(seen: Seen): Entered;
  /** @returns what was entered, or what is wrong with which field */
  read(values: Entered): { input: Input } | { problems: Readonly<Record<string, Text>> };
}

/** By the names of the fields. A date is `2026-01-31` or ''; lines are one text. */
export type Entered = Readonly<Record<string, string | number | boolean>>;

/** A field that the dialog draws. Few kinds on purpose: an action that needs more has a page of its own. */
export type Field = {
  readonly name: string;
  readonly label: Text;
  readonly help?: Text;
  /** Where the homeserver does not have it, the field can't be used, and says why. */
  readonly feature?: FeatureId;
  /** It is shown only while another field has this value. */
  readonly onlyIf?: { readonly field: string; readonly is: string };
} & (
  | { readonly kind: 'text' | 'lines' | 'number' | 'switch' | 'date' }
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: string; readonly label: Text }[] }
);
