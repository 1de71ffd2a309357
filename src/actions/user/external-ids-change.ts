import { idsWords, without } from '~/api/external-ids';
import type { ExternalId, User } from '~/api/users';
import { defineAction, type Action } from '~/actions/action';
import { withValues, type Text } from '~/lib/text';
import { afterwards, ofExternalIds, type State } from './external-ids';

/** External IDs are added, written anew, or move to another provider. How one provider's are removed stands in `external-ids.ts`. */

const KEYWORDS = ['sso', 'oidc', 'saml', 'provider', 'sign-in', 'link'];

const LAST = /*i18n*/ {
  id: 'user.external-ids.last',
  message: 'No external ID is left. Glia can’t tell whether there is a password.',
};
const EXACT = /*i18n*/ {
  id: 'user.external-ids.exact',
  message:
    'Provider names are compared exactly. For OpenID Connect it is the idp_id of the configuration, with oidc- before it unless it is already there.',
};
const MAS = /*i18n*/ {
  id: 'user.external-ids.mas',
  message:
    'Matrix Authentication Service signs users in here: what Synapse has makes no difference. Change the user’s upstream links instead.',
};

const ofChange = {
  ...ofExternalIds,
  group: 'access',
  keywords: KEYWORDS,
  remark: ({ external_ids: now }, { external_ids }) => (external_ids.length === 0 && now.length > 0 ? LAST : ''),
  afterwards,
} satisfies Partial<Action<User, State>>;

const MISSING = /*i18n*/ { id: 'user.external-ids.missing', message: 'Enter a value.' };

const PROVIDER = /*i18n*/ { id: 'user.external-ids.provider', message: 'Provider' };

export const addExternalId = defineAction<User, State, ExternalId>({
  ...ofChange,
  kind: 'user.external-ids-add',
  icon: 'link',
  onlyForOne: true,
  label: /*i18n*/ { id: 'user.external-ids-add.label', message: 'Add external ID' },
  phrase: {
    one: /*i18n*/ { id: 'user.external-ids-add.one', message: 'Add an external ID to {id}' },
    many: /*i18n*/ {
      id: 'user.external-ids-add.many',
      message: 'Add an external ID to {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  form: {
    fields: [
      { name: 'auth_provider', kind: 'text', label: PROVIDER },
      {
        name: 'external_id',
        kind: 'text',
        label: /*i18n*/ { id: 'user.external-ids-add.id', message: 'External ID' },
        help: /*i18n*/ {
          id: 'user.external-ids-add.help',
          message: 'What the provider calls this user, such as the “sub” of OpenID Connect.',
        },
      },
    ],
    initial: { auth_provider: '', external_id: '' },
    from: ({ external_ids }) => ({ auth_provider: external_ids[0]?.auth_provider ?? '' }),
    read(values) {
      const [auth_provider, external_id] = [values['auth_provider'], values['external_id']].map((typed) =>
        String(typed).trim(),
      );
      if (auth_provider && external_id) return { input: { auth_provider, external_id } };
      return {
        problems: { ...(!auth_provider && { auth_provider: MISSING }), ...(!external_id && { external_id: MISSING }) },
      };
    },
  },
  goal: (input, { external_ids }) => ({ external_ids: [...external_ids, ...without([input], external_ids)] }),
  consequences: (_input, _many, { server }) => [
    /*i18n*/ {
      id: 'user.external-ids-add.who',
      message: 'Whoever has this ID at the provider can then sign in to this account.',
    },
    ...(server.mas ? [MAS] : [EXACT]),
  ],
});

const SEPARATOR = ': ';

const lineOf = ({ auth_provider, external_id }: ExternalId): string => `${auth_provider}${SEPARATOR}${external_id}`;

function readLine(line: string): ExternalId | null {
  const at = line.indexOf(SEPARATOR);
  const [auth_provider, external_id] = [line.slice(0, at), line.slice(at + SEPARATOR.length)].map((part) =>
    part.trim(),
  );
  return at > 0 && auth_provider && external_id ? { auth_provider, external_id } : null;
}

/** Whether it can be written as a line and read again as the same. */
function isLine(id: ExternalId): boolean {
  const line = lineOf(id);
  const again = line.includes('\n') ? null : readLine(line);
  return again !== null && without([id], [again]).length === 0;
}

export const setExternalIds = defineAction<User, State, State>({
  ...ofChange,
  kind: 'user.external-ids',
  icon: 'links',
  onlyForOne: true,
  label: /*i18n*/ { id: 'user.external-ids.label', message: 'Change external IDs' },
  phrase: {
    one: /*i18n*/ { id: 'user.external-ids.one', message: 'Change the external IDs of {id}' },
    many: /*i18n*/ {
      id: 'user.external-ids.many',
      message: 'Change the external IDs of {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  form: {
    fields: [
      {
        name: 'lines',
        kind: 'lines',
        label: /*i18n*/ { id: 'user.external-ids.lines', message: 'External IDs' },
        help: /*i18n*/ {
          id: 'user.external-ids.lines-help',
          message: 'One per line: the provider, a colon, a space, and the ID, such as “oidc-google: 1001”.',
        },
      },
    ],
    initial: { lines: '' },
    from: ({ external_ids }) => ({ lines: external_ids.filter(isLine).map(lineOf).join('\n') }),
    read({ lines }) {
      const external_ids: ExternalId[] = [];
      for (const line of String(lines).split('\n')) {
        if (line.trim() === '') continue;
        const one = readLine(line);
        if (one === null) return { problems: { lines: withValues(NO_LINE, { line }) } };
        external_ids.push(...without([one], external_ids));
      }
      return { input: { external_ids } };
    },
  },
  // What can’t be written as a line is kept: nobody saw it.
  goal: (input, { external_ids }) => ({
    external_ids: [...input.external_ids, ...external_ids.filter((one) => !isLine(one))],
  }),
  consequences: (_input, _many, { server }) => [
    /*i18n*/ {
      id: 'user.external-ids.who',
      message: 'Anyone who signs in with an ID that you add gets into this account. Nobody is signed out.',
    },
    ...(server.mas ? [MAS] : [EXACT]),
  ],
});

const NO_LINE = /*i18n*/ {
  id: 'user.external-ids.no-line',
  message: 'This line does not have a provider, a colon, a space and an ID: {line}',
} as const;

interface Renaming extends Record<string, string> {
  from: string;
  to: string;
}

/** @returns as many IDs, or fewer where one is there already */
function renamed(ids: readonly ExternalId[], { from, to }: Renaming): readonly ExternalId[] {
  const others = ids.filter(({ auth_provider }) => auth_provider !== from);
  const moved = ids
    .filter(({ auth_provider }) => auth_provider === from)
    .map(({ external_id }) => ({ auth_provider: to, external_id }));
  return [...others, ...without(moved, others)];
}

const THERE_ALREADY = /*i18n*/ {
  id: 'user.external-ids-rename.there',
  message: 'Already has the same ID of the new provider, so only one is kept: {ids}.',
} as const;

export const renameProvider = defineAction<User, State, Renaming>({
  ...ofChange,
  kind: 'user.external-ids-rename',
  icon: 'rename-provider',
  label: /*i18n*/ { id: 'user.external-ids-rename.label', message: 'Rename provider' },
  phrase: {
    one: /*i18n*/ { id: 'user.external-ids-rename.one', message: 'Rename the provider {providerId} for {id}' },
    many: /*i18n*/ {
      id: 'user.external-ids-rename.many',
      message: 'Rename the provider {providerId} for {count, plural, =0 {users} one {# user} other {# users}}',
    },
  },
  phraseValues: (input) => ({ providerId: input ? withValues(FROM_TO, { fromId: input.from, toId: input.to }) : ANY }),
  keywords: [...KEYWORDS, 'migrate', 'move'],
  form: {
    fields: [
      {
        name: 'from',
        kind: 'text',
        label: /*i18n*/ { id: 'user.external-ids-rename.from', message: 'Current provider' },
      },
      {
        name: 'to',
        kind: 'text',
        label: /*i18n*/ { id: 'user.external-ids-rename.to', message: 'New provider name' },
      },
    ],
    initial: { from: '', to: '' },
    from: ({ external_ids }) => ({ from: external_ids[0]?.auth_provider ?? '' }),
    read(values) {
      const [from = '', to = ''] = [values['from'], values['to']].map((typed) => String(typed).trim());
      if (from === '' || to === '') {
        return { problems: { ...(from === '' && { from: MISSING }), ...(to === '' && { to: MISSING }) } };
      }
      if (from !== to) return { input: { from, to } };
      return {
        problems: {
          to: /*i18n*/ {
            id: 'user.external-ids-rename.same',
            message: 'Enter a name that differs from the current one.',
          },
        },
      };
    },
  },
  goal: (input, { external_ids }) => ({ external_ids: renamed(external_ids, input) }),
  nothing: /*i18n*/ { id: 'user.external-ids-rename.nothing', message: 'Has no external ID of this provider.' },
  remark(seen, goal) {
    const gone = seen.external_ids.length - goal.external_ids.length;
    return gone > 0 ? withValues(THERE_ALREADY, { ids: idsWords(seen.external_ids) }) : '';
  },
  consequences: ({ from: fromId, to: toId }, _many, { server }): readonly Text[] => [
    withValues(
      /*i18n*/ {
        id: 'user.external-ids-rename.what',
        message:
          'Every external ID of {fromId} becomes one of {toId}, with the same ID. IDs of other providers are kept.',
      },
      { fromId, toId },
    ),
    ...(server.mas
      ? [MAS]
      : [
          withValues(
            /*i18n*/ {
              id: 'user.external-ids-rename.sign-in',
              message:
                'Users then sign in through {toId}: that works only if it uses the same IDs for them. Sign-in through {fromId} no longer finds these accounts.',
            },
            { fromId, toId },
          ),
          EXACT,
        ]),
  ],
});

const FROM_TO = /*i18n*/ { id: 'user.external-ids-rename.from-to', message: '{fromId} to {toId}' } as const;
const ANY = /*i18n*/ { id: 'user.external-ids-rename.any', message: 'of external IDs' };
