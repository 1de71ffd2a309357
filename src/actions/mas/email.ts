import { addMasEmail, deleteMasEmail, type MasEmail } from '~/api/mas/emails';
import { findMasEmail } from '~/api/mas/find-asks';
import type { Ask } from '~/api/ask';
import { defineAction, type Action } from '~/actions/action';
import { seenOnSynapse } from '~/actions/user/mas-account';
import type { User } from '~/api/users';
import { emailOf } from './ids';
import { masIdOf } from '~/api/mas-account-asks';
import { ACCOUNT, lookAtAccountAnd, NO_ACCOUNT, ofMas, type OfAccount } from './mas';

type Seen = OfAccount<{ readonly email: MasEmail | null }>;
/** `email`: MAS's own ID of it, where the account has it. `taken`: the account that has it instead. */
type State = { email: string | null; taken: string | null };

const HAS = /*i18n*/ { id: 'email.has', message: 'an email address of the account' };
const HAS_NOT = /*i18n*/ { id: 'email.has-not', message: 'no email address of the account' };
const TAKEN = /*i18n*/ { id: 'email.taken', message: 'Another account of MAS has this address.' };

const isListed = ({ threepids }: User, address: string): boolean =>
  (threepids ?? []).some((one) => one.medium === 'email' && one.address.toLowerCase() === address.toLowerCase());

const both = {
  ...ofMas,
  notManaged: true,
  entity: 'email',
  gone: NO_ACCOUNT,
  look(name): Ask<Seen> {
    const { userId, address } = emailOf(name);
    return lookAtAccountAnd(userId, async (_account, look) => ({ email: await look(findMasEmail(address)) }));
  },
  identity: ACCOUNT,
  watch: {
    read: ({ account, email }) => ({
      email: email?.user_id === account ? email.id : null,
      taken: email !== null && email.user_id !== account ? email.user_id : null,
    }),
  },
  // Added again after a removal, it has another ID.
  same: (one, now) => (one.email === null) === (now.email === null) && one.taken === now.taken,
  obstacle: ({ planned, goal }) => Promise.resolve(goal.email !== null && planned.taken !== null ? TAKEN : null),
  write(name, goal, { now, identity }) {
    const { address } = emailOf(name);
    // A look says how it is then.
    const ask = goal.email === null ? deleteMasEmail(now.email ?? '') : addMasEmail(masIdOf(identity), address);
    return {
      request: ask.request,
      ...(ask.about && { about: ask.about }),
      read: (body, status) => (ask.read(body, status), null),
    };
  },
  phraseValues: (_input, name) => (name === null ? {} : emailOf(name)),
  columns({ id }) {
    const { userId, address } = emailOf(id);
    return { 'User id': userId, Address: address };
  },
  repeatable: true,
  lane: (name) => emailOf(name).userId,
  undo: 'restore',
  words: ({ email }) => (email === null ? HAS_NOT : HAS),
  aftermath({ id, goal }, look, wait) {
    const { userId, address } = emailOf(id);
    const isThere = (user: User) => isListed(user, address) === (goal.email !== null);
    return seenOnSynapse(userId, isThere, () => null, { look, wait });
  },
} satisfies Partial<Action<Seen, State>>;

const BECOMES = { email: 'new', taken: null } as const;

export const addEmail = defineAction<Seen, State>({
  ...both,
  kind: 'email.add',
  icon: 'address-add',
  label: /*i18n*/ { id: 'email.add.label', message: 'Add email address' },
  phrase: {
    one: /*i18n*/ { id: 'email.add.one', message: 'Add {address} to {userId}' },
    many: /*i18n*/ {
      id: 'email.add.many',
      message: 'Add {count, plural, =0 {email addresses} one {# email address} other {# email addresses}} to accounts',
    },
  },
  goal: () => BECOMES,
  explain: ({ status }) => (status === 409 ? TAKEN : null),
  consequences: () => [
    /*i18n*/ {
      id: 'email.add.verified',
      message:
        'MAS takes it as verified and sends no mail. Whoever reads that mailbox can reset the password of the account, if MAS allows recovery by mail.',
    },
  ],
});

export const removeEmail = defineAction<Seen, State>({
  ...both,
  kind: 'email.remove',
  icon: 'address-off',
  label: /*i18n*/ { id: 'email.remove.label', message: 'Remove email address' },
  phrase: {
    one: /*i18n*/ { id: 'email.remove.one', message: 'Remove {address} from {userId}' },
    many: /*i18n*/ {
      id: 'email.remove.many',
      message:
        'Remove {count, plural, =0 {email addresses} one {# email address} other {# email addresses}} from accounts',
    },
  },
  keywords: ['delete'],
  goal: () => ({ email: null, taken: null }),
  consequences: () => [
    /*i18n*/ {
      id: 'email.remove.recovery',
      message: 'The user can no longer recover the account or sign in by this address.',
    },
    /*i18n*/ {
      id: 'email.remove.free',
      message: 'Anyone can then add it to another account.',
    },
  ],
});
