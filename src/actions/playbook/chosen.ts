import { actionOf } from '~/actions/all';
import { definePlaybook, type ActionStep } from '~/actions/playbook';
import type { Json } from '~/jobs/job';
import { invariant } from '~/lib/invariant';

/** Steps that the admin chose: of a report its event, its sender, the files in it, its room. */

export type ChosenInput = {
  readonly steps: readonly {
    /** The kind of its action. */
    readonly action: string;
    /** What was entered for it. */
    readonly input: Json;
    /** What of an item it is about: a name in its `ChosenNote`. Missing: the item itself. */
    readonly of?: string;
  }[];
};

/** What the steps of an item are about, by the names that the steps use: `{ sender: ['@spam:example.org'], room: ['!…'] }`. */
export type ChosenNote = Readonly<Record<string, readonly string[]>>;

export const chosenSteps = definePlaybook<ChosenInput>({
  kind: 'playbook.chosen',
  entity: 'report',
  phrase: {
    one: /*i18n*/ { id: 'playbook.chosen.one', message: 'Act on {id}' },
    many: /*i18n*/ {
      id: 'playbook.chosen.many',
      message: 'Act on {count, plural, =0 {reports} one {# report} other {# reports}}',
    },
  },
  steps: ({ steps }) =>
    steps.map(({ action: kind, input, of }, index): ActionStep<ChosenInput> => {
      const action = actionOf(kind);
      invariant(action, `this Glia knows the action ${kind}`);
      return {
        key: `${index + 1}.${kind}`,
        label: action.label,
        action,
        input: () => input,
        targets: ({ target: { id, note } }) =>
          of === undefined ? [id] : ((note as ChosenNote | undefined)?.[of] ?? []),
      };
    }),
});
