import { lookAtLatestPolicyData, setPolicyData } from '~/api/mas/policy-data';
import { lookAtMasVersion } from '~/api/mas/version-and-config';
import { HomeserverError } from '~/api/errors';
import type { Ask } from '~/api/ask';
import { defineAction } from '~/actions/action';
import type { Json } from '~/jobs/job';
import { jsonProblem } from '~/lib/json-problem';
import { sameJson } from '~/lib/same-json';
import { withValues } from '~/lib/text';
import { ofMas } from './mas';

/** There is one, and this is what jobs call it. */
export const POLICY_DATA = 'policy-data';

interface Seen {
  /** Null: none was ever set. */
  readonly data: Json;
}
type State = { data: Json };
type Input = { data: Json };

const NONE = /*i18n*/ { id: 'policy-data.none', message: 'not set' };
const SET = /*i18n*/ {
  id: 'policy-data.is',
  message: '{bytes, plural, one {# character} other {# characters}} of JSON',
} as const;
const NO_JSON = /*i18n*/ {
  id: 'policy-data.no-json',
  message: 'This is not JSON: look at line {line}, character {column}.',
} as const;
const NO_OBJECT = /*i18n*/ { id: 'policy-data.no-object', message: 'Enter a JSON object: { … }.' };

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The request before it is one that MAS always answers: that none was ever set is no error. */
const look = (): Ask<Seen> => ({
  request: lookAtMasVersion.request,
  read: () => ({ data: null }),
  async more(ask): Promise<Seen> {
    try {
      return { data: (await ask(lookAtLatestPolicyData)).data as Json };
    } catch (error) {
      if (error instanceof HomeserverError && error.notFound) return { data: null };
      throw error;
    }
  },
});

export const setPolicy = defineAction<Seen, State, Input>({
  ...ofMas,
  kind: 'policy-data.set',
  entity: 'policy-data',
  icon: 'shield',
  hasWizard: true,
  onlyForOne: true,
  danger: true,
  label: /*i18n*/ { id: 'policy-data.set.label', message: 'Set policy data' },
  phrase: {
    one: /*i18n*/ { id: 'policy-data.set.one', message: 'Set {id} of MAS' },
    many: /*i18n*/ {
      id: 'policy-data.set.many',
      message:
        'Set {count, plural, =0 {policy data} one {# version of the policy data} other {# versions of the policy data}}',
    },
  },
  look,
  watch: { read: ({ data }) => ({ data }) },
  // The order of keys says nothing, that of a list does.
  same: (one, now) => sameJson(sorted(one.data), sorted(now.data)),
  form: {
    fields: [
      {
        name: 'json',
        kind: 'lines',
        label: /*i18n*/ { id: 'policy-data.json', message: 'Policy data' },
        help: /*i18n*/ {
          id: 'policy-data.json-help',
          message: 'One JSON object. It replaces all that is set now.',
        },
      },
    ],
    initial: { json: '' },
    from: ({ data }) => ({ json: data === null ? '' : JSON.stringify(data, null, 2) }),
    read({ json }) {
      const text = String(json ?? '');
      const problem = jsonProblem(text);
      if (problem !== null) return { problems: { json: withValues(NO_JSON, { ...problem }) } };
      const data = JSON.parse(text) as Json;
      return isObject(data) ? { input: { data } } : { problems: { json: NO_OBJECT } };
    },
  },
  goal: ({ data }) => ({ data }),
  write: (_id, { data }) => {
    // What was never set can't be taken away, but be empty.
    const ask = setPolicyData(data ?? {});
    return {
      request: ask.request,
      read: (body, status) => ({ data: ask.read(body, status).data as Json }),
      success: 'thing',
    };
  },
  repeatable: true,
  undo: 'restore',
  explain: ({ status }) =>
    status === 400
      ? /*i18n*/ { id: 'policy-data.refused', message: 'MAS’s policy engine can’t load it. Nothing was changed.' }
      : null,
  words: ({ data }) => (data === null ? NONE : withValues(SET, { bytes: JSON.stringify(data).length })),
  consequences: () => [
    /*i18n*/ {
      id: 'policy-data.set.lockout',
      message:
        'A mistake can lock everyone out, you included, or make anyone an admin. Who is signed in stays so; it counts at the next sign-in.',
    },
    /*i18n*/ {
      id: 'policy-data.set.over',
      message: 'It is merged over the policy data of MAS’s configuration file. What is set now is replaced as a whole.',
    },
    /*i18n*/ {
      id: 'policy-data.set.kept',
      message:
        'The version before is kept in this browser with the job: you can put it back while you can still sign in.',
    },
  ],
});

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, sorted(part)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
