import type { Json } from '~/jobs/job';
import { withValues, type Text } from '~/lib/text';
import type { AnyAction, Entity } from './action';
import type { ActionItem } from './plan';

/** What a job of an action does. */
export interface ActionPlan {
  readonly items: readonly ActionItem[];
  readonly input: Json;
  /** By which rule the items were chosen, at the end of the title: “everyone who has one”. */
  readonly rule?: Text;
  /** Id and title of the job that this one undoes; the id is null where only a backup file tells of it. */
  readonly undoes?: { readonly id: string | null; readonly title: Text };
  /** It was planned for MAS (true) or for Synapse. Missing: for what the homeserver has now. */
  readonly mas?: boolean;
}

const COUNTS = {
  user: /*i18n*/ { id: 'action.users', message: '{count, plural, one {# user} other {# users}}' },
  media: /*i18n*/ { id: 'action.files', message: '{count, plural, one {# file} other {# files}}' },
  member: /*i18n*/ { id: 'action.members', message: '{count, plural, one {# member} other {# members}}' },
  device: /*i18n*/ { id: 'action.devices', message: '{count, plural, one {# session} other {# sessions}}' },
  alias: /*i18n*/ {
    id: 'action.aliases',
    message: '{count, plural, one {# alias} other {# aliases}}',
  },
  event: /*i18n*/ {
    id: 'action.events',
    message: '{count, plural, one {# event} other {# events}}',
  },
  room: /*i18n*/ { id: 'action.rooms', message: '{count, plural, one {# room} other {# rooms}}' },
  destination: /*i18n*/ { id: 'action.destinations', message: '{count, plural, one {# server} other {# servers}}' },
  token: /*i18n*/ {
    id: 'action.tokens',
    message: '{count, plural, one {# registration token} other {# registration tokens}}',
  },
  background: /*i18n*/ {
    id: 'action.background-jobs',
    message: '{count, plural, one {# background update} other {# background updates}}',
  },
  report: /*i18n*/ {
    id: 'action.reports',
    message: '{count, plural, one {# message report} other {# message reports}}',
  },
  'user-report': /*i18n*/ {
    id: 'action.user-reports',
    message: '{count, plural, one {# user report} other {# user reports}}',
  },
  'mas-session': /*i18n*/ {
    id: 'action.mas-sessions',
    message: '{count, plural, one {# MAS session} other {# MAS sessions}}',
  },
  'personal-token': /*i18n*/ {
    id: 'action.personal-tokens',
    message: '{count, plural, one {# personal access token} other {# personal access tokens}}',
  },
  email: /*i18n*/ { id: 'action.emails', message: '{count, plural, one {# email address} other {# email addresses}}' },
  'upstream-link': /*i18n*/ {
    id: 'action.upstream-links',
    message: '{count, plural, one {# upstream link} other {# upstream links}}',
  },
  'mas-token': /*i18n*/ {
    id: 'action.mas-tokens',
    message: '{count, plural, one {# registration token} other {# registration tokens}}',
  },
  'policy-data': /*i18n*/ { id: 'action.policy-data', message: 'policy data' },
} as const satisfies Record<Entity, unknown>;

/** “1 user”, “12 files”. */
export const countOf = ({ entity }: AnyAction, count: number): Text => withValues(COUNTS[entity], { count });

/** “Lock 12 users”; “Lock users” of 0, which means none in particular. */
export const phraseOf = ({ phrase, phraseValues }: AnyAction, count: number, input: Json = null): Text => ({
  ...phrase.many,
  values: { count, ...phraseValues?.(input, null) },
});

/** “Lock @anna:example.org” */
export const phraseOfOne = ({ phrase, phraseValues }: AnyAction, id: string, input: Json): Text => ({
  ...phrase.one,
  values: { id, ...phraseValues?.(input, id) },
});

const BY_RULE = /*i18n*/ { id: 'action.by-rule', message: '{phrase}: {rule}' } as const;
const UNDO = /*i18n*/ { id: 'action.undo', message: 'Undo: {title}' } as const;

/** “Lock @anna:example.org”, “Lock 12 users”, “Lock 12 users: all who …”, “Undo: Lock 12 users”. */
export function titleOf(action: AnyAction, { items, input, rule, undoes }: ActionPlan): Text {
  if (undoes) return withValues(UNDO, { title: undoes.title });
  const [only] = items;
  const isOne = rule === undefined && items.length === 1 && only;
  const phrase = isOne ? phraseOfOne(action, only.id, input) : phraseOf(action, items.length, input);
  return rule === undefined ? phrase : withValues(BY_RULE, { phrase, rule });
}
