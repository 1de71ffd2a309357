import type { Ask } from '~/api/ask';
import { pageOfMasTokens } from '~/api/mas/find-asks';
import {
  changeMasRegistrationToken,
  createMasRegistrationToken,
  lookAtMasRegistrationToken,
  revokeMasRegistrationToken,
  type MasRegistrationToken,
} from '~/api/mas/registration-tokens';
import { defineAction, type Action, type LookAt } from '~/actions/action';
import { LIMIT_FORM, limitsFrom, limitValues, type TokenInput } from '~/actions/token/form';
import { FORGOTTEN, tokenWords, type TokenState } from '~/actions/token/token';
import { present } from '~/lib/places';
import { nameOfToken, tokenOfName } from '~/lib/token-names';
import { guardOfMas, ofMas } from './mas';

/** Registration tokens of MAS: revoked and taken back, never deleted. All but new ones are named by MAS's own ID. */

const ofToken = {
  ...ofMas,
  guard: guardOfMas('registration-tokens'),
  entity: 'mas-token',
  gone: /*i18n*/ { id: 'mas-token.gone', message: 'MAS does not know this registration token.' },
} as const;

const ms = (time: string | null | undefined): number | null => (time == null ? null : Date.parse(time));
const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

type Revoked = { revoked: boolean };
const REVOKED = /*i18n*/ { id: 'mas-token.revoked', message: 'revoked' };
const NOT_REVOKED = /*i18n*/ { id: 'mas-token.not-revoked', message: 'not revoked' };

const revoking = {
  ...ofToken,
  look: lookAtMasRegistrationToken,
  watch: { revoked: present('revoked_at') },
  write: (id, { revoked }) => revokeMasRegistrationToken(id, revoked),
  repeatable: true,
  undo: 'restore',
  words: ({ revoked }) => (revoked ? REVOKED : NOT_REVOKED),
} satisfies Partial<Action<MasRegistrationToken, Revoked>>;

export const revokeMasToken = defineAction<MasRegistrationToken, Revoked>({
  ...revoking,
  kind: 'mas-token.revoke',
  icon: 'ticket-off',
  label: /*i18n*/ { id: 'mas-token.revoke.label', message: 'Revoke' },
  phrase: {
    one: /*i18n*/ { id: 'mas-token.revoke.one', message: 'Revoke the registration token {id}' },
    many: /*i18n*/ {
      id: 'mas-token.revoke.many',
      message:
        'Revoke {count, plural, =0 {registration tokens} one {# registration token} other {# registration tokens}}',
    },
  },
  keywords: ['delete', 'remove'],
  goal: () => ({ revoked: true }),
  consequences: () => [
    /*i18n*/ {
      id: 'mas-token.revoke.nobody',
      message: 'Nobody can register with it any more. Accounts made with it are not affected.',
    },
  ],
});

export const unrevokeMasToken = defineAction<MasRegistrationToken, Revoked>({
  ...revoking,
  kind: 'mas-token.unrevoke',
  icon: 'ticket',
  label: /*i18n*/ { id: 'mas-token.unrevoke.label', message: 'Make usable again' },
  phrase: {
    one: /*i18n*/ { id: 'mas-token.unrevoke.one', message: 'Make the registration token {id} usable again' },
    many: /*i18n*/ {
      id: 'mas-token.unrevoke.many',
      message:
        'Make {count, plural, =0 {registration tokens} one {# registration token} other {# registration tokens}} usable again',
    },
  },
  keywords: ['unrevoke', 'restore'],
  goal: () => ({ revoked: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'mas-token.unrevoke.again',
      message: 'Anyone who knows it can register again, unless it has expired or is used up.',
    },
  ],
});

type Limits = NonNullable<TokenState>;

const limitsOf = ({ usage_limit, expires_at }: MasRegistrationToken): Limits => ({
  uses_allowed: usage_limit ?? null,
  expiry_time: ms(expires_at),
});

export const changeMasToken = defineAction<MasRegistrationToken, Limits, TokenInput>({
  ...ofToken,
  kind: 'mas-token.change',
  icon: 'tune',
  label: /*i18n*/ { id: 'mas-token.change.label', message: 'Change limits' },
  phrase: {
    one: /*i18n*/ { id: 'mas-token.change.one', message: 'Change the limits of {id}' },
    many: /*i18n*/ {
      id: 'mas-token.change.many',
      message:
        'Change the limits of {count, plural, =0 {registration tokens} one {# registration token} other {# registration tokens}}',
    },
  },
  keywords: ['uses', 'expiry', 'extend', 'edit'],
  look: lookAtMasRegistrationToken,
  watch: { read: limitsOf },
  form: {
    fields: LIMIT_FORM.fields,
    initial: LIMIT_FORM.initial,
    from: (token) => limitValues(limitsOf(token)),
    read: LIMIT_FORM.read,
  },
  goal: (input, token) => limitsFrom(input, limitsOf(token)),
  // Both are sent: null takes a limit away.
  write: (id, { uses_allowed, expiry_time }) =>
    changeMasRegistrationToken(id, { usage_limit: uses_allowed, expires_at: iso(expiry_time) }),
  repeatable: true,
  undo: 'restore',
  words: tokenWords,
  consequences: () => [
    /*i18n*/ {
      id: 'mas-token.change.counts',
      message: 'Registrations so far still count. Accounts made with the token are not affected.',
    },
  ],
});

interface Found {
  /** Null: none of this text can be used. */
  readonly token: MasRegistrationToken | null;
}
/** `id`: MAS's own, by which an undo revokes it. */
type Made = (Limits & { id: string }) | null;

async function findByName(name: string, look: LookAt): Promise<Found> {
  for (let after: string | null = null; ;) {
    // oxlint-disable-next-line no-await-in-loop -- each page begins where the last one ended
    const { rows, next }: { rows: readonly MasRegistrationToken[]; next: string | null } = await look(
      pageOfMasTokens(after),
    );
    const token = rows.find((one) => one.revoked_at == null && nameOfToken(one.token) === name);
    if (token || next === null || next === after) return { token: token ?? null };
    after = next;
  }
}

const TAKEN = /*i18n*/ {
  id: 'mas-token.taken',
  message: 'MAS has a token of this text already. It may be a revoked one: make that usable again.',
};

/** Its items are new tokens, named by texts that this page made or that the admin typed. */
export const createMasTokens = defineAction<Found, Made, TokenInput>({
  ...ofToken,
  kind: 'mas-token.create',
  icon: 'ticket',
  hasWizard: true,
  label: /*i18n*/ { id: 'mas-token.create.label', message: 'Create registration token' },
  phrase: {
    one: /*i18n*/ { id: 'mas-token.create.one', message: 'Create the registration token {id}' },
    many: /*i18n*/ {
      id: 'mas-token.create.many',
      message:
        'Create {count, plural, =0 {registration tokens} one {# registration token} other {# registration tokens}}',
    },
  },
  look(name): Ask<Found> {
    const { request, read } = pageOfMasTokens(null);
    return {
      request,
      read: (body, status) => (read(body, status), { token: null }),
      more: (look) => findByName(name, look),
    };
  },
  watch: { read: ({ token }) => token && { ...limitsOf(token), id: token.id } },
  same(one, now) {
    if (one === null || now === null) return one === now;
    return one.uses_allowed === now.uses_allowed && one.expiry_time === now.expiry_time;
  },
  form: { fields: LIMIT_FORM.fields, initial: LIMIT_FORM.initial, read: LIMIT_FORM.read },
  goal: (input) => ({ ...limitsFrom(input, null), id: '' }),
  obstacle: ({ id, goal }) => Promise.resolve(goal !== null && tokenOfName(id) === undefined ? FORGOTTEN : null),
  explain: ({ status }) => (status === 409 ? TAKEN : null),
  write(name, goal, { now }) {
    // A look says how it is then.
    if (goal === null) return silently(revokeMasRegistrationToken(now?.id ?? '', true));
    return silently(
      createMasRegistrationToken({
        token: tokenOfName(name) ?? '',
        usage_limit: goal.uses_allowed,
        expires_at: iso(goal.expiry_time),
      }),
    );
  },
  repeatable: true,
  undo: {
    partly: /*i18n*/ {
      id: 'mas-token.create.undo',
      message: 'You can undo this: the token is revoked. MAS keeps it, and its text can’t be used for a new one.',
    },
  },
  words: tokenWords,
  consequences: () => [
    /*i18n*/ { id: 'mas-token.create.anyone', message: 'Anyone who knows a token can create an account with it.' },
  ],
});

const silently = <Answer>({ request, about, read }: Ask<Answer>): Ask<null> => ({
  request,
  ...(about && { about }),
  read: (body, status) => (read(body, status), null),
});
