import { changeFeatures, lookAtFeatures, type Features } from '~/api/account-asks';
import { lacks } from '~/api/since';
import { defineAction } from '~/actions/action';
import type { Field } from '~/actions/form';
import { commaList, withValues, type Text } from '~/lib/text';

type State = { features: Readonly<Record<string, boolean>> };
type Input = { feature: string; isOn: boolean };

/** What each is, as far as Synapse has had them (`experimental_features.py`). */
const KNOWN: readonly (readonly [feature: string, label: Text])[] = [
  ['msc3881', /*i18n*/ { id: 'user.features.msc3881', message: 'msc3881: switch push on and off for another session' }],
  ['msc3575', /*i18n*/ { id: 'user.features.msc3575', message: 'msc3575: sliding sync' }],
  ['msc4222', /*i18n*/ { id: 'user.features.msc4222', message: 'msc4222: state after the timeline in sync' }],
  ['msc3026', /*i18n*/ { id: 'user.features.msc3026', message: 'msc3026: the presence state “busy”' }],
  [
    'msc3967',
    /*i18n*/ { id: 'user.features.msc3967', message: 'msc3967: first upload of cross-signing keys without a password' },
  ],
];

const ON = /*i18n*/ { id: 'user.features.on', message: 'with {list} on' } as const;
const NONE = /*i18n*/ { id: 'user.features.none', message: 'without experimental features' };
const NOT_HERE = /*i18n*/ {
  id: 'user.features.not-here',
  message: 'This homeserver does not have this experimental feature.',
};

const fieldsWith = (options: readonly (readonly [feature: string, label: Text])[]): readonly Field[] => [
  {
    name: 'feature',
    kind: 'choice',
    label: /*i18n*/ { id: 'user.features.feature', message: 'Feature' },
    options: options.map(([value, label]) => ({ value, label })),
  },
  { name: 'isOn', kind: 'switch', label: /*i18n*/ { id: 'user.features.is-on', message: 'On for this user' } },
];

export const switchFeature = defineAction<Features, State, Input>({
  kind: 'user.features',
  entity: 'user',
  icon: 'feature',
  group: 'account',
  label: /*i18n*/ { id: 'user.features.label', message: 'Switch experimental feature' },
  phrase: {
    one: /*i18n*/ { id: 'user.features.one', message: 'Switch {what} for {id}' },
    many: /*i18n*/ {
      id: 'user.features.many',
      message: 'Switch {what} for {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  phraseValues: (input) => ({
    what: input === null ? ANY : withValues(input.isOn ? WHAT_ON : WHAT_OFF, { featureId: input.feature }),
  }),
  keywords: ['msc', 'experimental', 'flag', 'sliding sync', 'push'],
  guard: ({ version }) => lacks(version, 'experimental-features'),
  look: lookAtFeatures,
  watch: { read: ({ features }) => ({ features }) },
  form: {
    fields: fieldsWith(KNOWN),
    // What the homeserver answers is what it has.
    fieldsFor: ({ features }) =>
      fieldsWith(Object.keys(features).map((one) => KNOWN.find(([feature]) => feature === one) ?? [one, one])),
    initial: { feature: 'msc3881', isOn: true },
    from({ features }) {
      const [[feature, isOn] = ['', false]] = Object.entries(features);
      return { feature, isOn: !isOn };
    },
    read: ({ feature, isOn }) => ({ input: { feature: String(feature), isOn: isOn === true } }),
  },
  // Of an undo nothing was entered.
  refuseBy: (input: Input | null) =>
    input === null ? [] : [{ where: { at: ['features', input.feature], as: 'absent' }, because: NOT_HERE }],
  goal: ({ feature, isOn }, { features }) => ({ features: { ...features, [feature]: isOn } }),
  // Only those that differ: an undo puts back no more than was changed.
  write: (userId, { features }, { now }) =>
    changeFeatures(
      userId,
      Object.fromEntries(Object.entries(features).filter(([name, isOn]) => now.features[name] !== isOn)),
    ),
  repeatable: true,
  undo: 'restore',
  script: {
    never: /*i18n*/ {
      id: 'user.features.script',
      message: 'Not available as a script: it could not tell whether another feature was switched in the meantime.',
    },
  },
  words({ features }) {
    const on = Object.keys(features).filter((name) => features[name]);
    return on.length === 0 ? NONE : withValues(ON, { list: commaList(on) });
  },
  consequences: () => [
    /*i18n*/ {
      id: 'user.features.global',
      message: 'A feature that the configuration of Synapse switches on for everyone stays on, whatever is set here.',
    },
    /*i18n*/ { id: 'user.features.clients', message: 'Clients may have to be restarted to notice it.' },
  ],
});

const WHAT_ON = /*i18n*/ { id: 'user.features.what-on', message: '{featureId} on' } as const;
const WHAT_OFF = /*i18n*/ { id: 'user.features.what-off', message: '{featureId} off' } as const;
const ANY = /*i18n*/ { id: 'user.features.any', message: 'an experimental feature on or off' };
