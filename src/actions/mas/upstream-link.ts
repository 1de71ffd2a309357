import { findUpstreamLink } from '~/api/mas/find-asks';
import { addUpstreamLink, deleteUpstreamLink, type UpstreamLink } from '~/api/mas/upstream';
import type { Ask } from '~/api/ask';
import { defineAction, type Action } from '~/actions/action';
import { linkOf } from './ids';
import { masIdOf } from '~/api/mas-account-asks';
import { ACCOUNT, lookAtAccountAnd, NO_ACCOUNT, ofMas, type OfAccount } from './mas';

type Seen = OfAccount<{ readonly link: UpstreamLink | null }>;
/** `link`: MAS's own ID of it, where it is the account's. `taken`: the account that has it instead. `name`: as people know it there. */
type State = { link: string | null; taken: string | null; name: string | null };

const HAS = /*i18n*/ { id: 'upstream-link.has', message: 'linked to the account' };
const HAS_NOT = /*i18n*/ { id: 'upstream-link.has-not', message: 'not linked to the account' };
const TAKEN = /*i18n*/ {
  id: 'upstream-link.taken',
  message: 'It is linked to another account of MAS. Remove that link first.',
};

const both = {
  ...ofMas,
  notManaged: true,
  entity: 'upstream-link',
  gone: NO_ACCOUNT,
  look(name): Ask<Seen> {
    const { userId, providerId, subject } = linkOf(name);
    return lookAtAccountAnd(userId, async (_account, look) => ({
      link: await look(findUpstreamLink(providerId, subject)),
    }));
  },
  identity: ACCOUNT,
  watch: {
    read: ({ account, link }) => ({
      link: link?.user_id === account ? link.id : null,
      // One that nobody has is adopted.
      taken: link?.user_id != null && link.user_id !== account ? link.user_id : null,
      name: link?.human_account_name ?? null,
    }),
  },
  same: (one, now) => (one.link === null) === (now.link === null) && one.taken === now.taken,
  obstacle: ({ planned, goal }) => Promise.resolve(goal.link !== null && planned.taken !== null ? TAKEN : null),
  write(name, goal, { now, identity }) {
    const { providerId, subject } = linkOf(name);
    const ask =
      goal.link === null
        ? deleteUpstreamLink(now.link ?? '')
        : addUpstreamLink({
            user_id: masIdOf(identity),
            provider_id: providerId,
            subject,
            ...(goal.name !== null && { human_account_name: goal.name }),
          });
    return {
      request: ask.request,
      ...(ask.about && { about: ask.about }),
      read: (body, status) => (ask.read(body, status), null),
    };
  },
  phraseValues: (_input, name) => (name === null ? {} : linkOf(name)),
  columns({ id }) {
    const { userId, providerId, subject } = linkOf(id);
    return { 'User id': userId, Provider: providerId, Subject: subject };
  },
  repeatable: true,
  lane: (name) => linkOf(name).userId,
  undo: 'restore',
  words: ({ link }) => (link === null ? HAS_NOT : HAS),
} satisfies Partial<Action<Seen, State>>;

export const addLink = defineAction<Seen, State>({
  ...both,
  kind: 'upstream-link.add',
  icon: 'alias-add',
  label: /*i18n*/ { id: 'upstream-link.add.label', message: 'Add upstream link' },
  phrase: {
    one: /*i18n*/ { id: 'upstream-link.add.one', message: 'Link {subject} to {userId}' },
    many: /*i18n*/ {
      id: 'upstream-link.add.many',
      message: 'Add {count, plural, =0 {upstream links} one {# upstream link} other {# upstream links}}',
    },
  },
  keywords: ['sso', 'provider', 'external id'],
  goal: () => ({ link: 'new', taken: null, name: null }),
  explain: ({ status }) => (status === 409 ? TAKEN : null),
  consequences: () => [
    /*i18n*/ {
      id: 'upstream-link.add.signs-in',
      message:
        'Whoever signs in at the provider as this subject signs in to the account. Make sure that it is the same person.',
    },
  ],
});

export const removeLink = defineAction<Seen, State>({
  ...both,
  kind: 'upstream-link.remove',
  icon: 'alias-off',
  label: /*i18n*/ { id: 'upstream-link.remove.label', message: 'Remove upstream link' },
  phrase: {
    one: /*i18n*/ { id: 'upstream-link.remove.one', message: 'Remove the link of {subject} from {userId}' },
    many: /*i18n*/ {
      id: 'upstream-link.remove.many',
      message: 'Remove {count, plural, =0 {upstream links} one {# upstream link} other {# upstream links}}',
    },
  },
  keywords: ['sso', 'provider', 'external id', 'delete', 'unlink'],
  goal: () => ({ link: null, taken: null, name: null }),
  consequences: () => [
    /*i18n*/ {
      id: 'upstream-link.remove.lost',
      message:
        'The user can no longer sign in through this provider. A user with no password and no other link is locked out.',
    },
    /*i18n*/ { id: 'upstream-link.remove.sessions', message: 'Sessions stay signed in.' },
  ],
});
