import { lacks } from '~/api/since';
import { threepidsWithout, type Threepid } from '~/api/threepids';
import type { User } from '~/api/users';
import { defineUnderMas, type Server } from '~/actions/action';
import type { Form } from '~/actions/form';
import { phoneDigits } from '~/lib/phone-numbers';
import { withValues, type Text } from '~/lib/text';
import type { ThreepidsState as State } from './threepids';

/**
 * Under MAS, email addresses are MAS’s: it replaces those that Synapse has whenever it passes an account on. Phone numbers are known to
 * Synapse alone.
 */

const NO_PHONE = /*i18n*/ {
  id: 'user.threepids.no-phone',
  message: 'Enter the number with its country code, such as +44 7700 900123. This is not a phone number: {typed}',
} as const;
const EMAILS = /*i18n*/ {
  id: 'user.threepids.mas-emails',
  message: 'Email addresses are kept by MAS, and stay as they are: change them in the Emails tab of the user’s page.',
};
const NUMBER = /*i18n*/ { id: 'user.threepids.mas-number', message: 'Phone number' };

const isPhone = ({ medium }: Threepid): boolean => medium === 'msisdn';
const bare = ({ medium, address }: Threepid): Threepid => ({ medium, address });

const asPhone = (typed: string): Threepid | Text => {
  const address = phoneDigits(typed);
  return address === null ? withValues(NO_PHONE, { typed }) : { medium: 'msisdn', address };
};

const isThreepid = (value: Threepid | Text): value is Threepid => typeof value === 'object' && 'medium' in value;

const guard = ({ version }: Server): Text | null => lacks(version, 'threepid-holder');

export const addPhoneUnderMas = defineUnderMas<User, State, Threepid>({
  label: /*i18n*/ { id: 'user.threepids-add.mas', message: 'Add phone number' },
  guard,
  form: {
    fields: [{ name: 'address', kind: 'text', label: NUMBER }],
    initial: { address: '' },
    read({ address }) {
      const found = asPhone(String(address));
      return isThreepid(found) ? { input: found } : { problems: { address: found } };
    },
  } satisfies Form<Threepid, User>,
  consequences: () => [EMAILS],
});

export const phonesUnderMas = defineUnderMas<User, State, State>({
  label: /*i18n*/ { id: 'user.threepids.mas', message: 'Change phone numbers' },
  guard,
  form: {
    fields: [
      {
        name: 'phones',
        kind: 'lines',
        label: /*i18n*/ { id: 'user.threepids.phones', message: 'Phone numbers' },
        help: /*i18n*/ { id: 'user.threepids.each-phone', message: 'One per line, with the country code.' },
      },
    ],
    initial: { phones: '' },
    from: ({ threepids }) => ({
      phones: (threepids ?? [])
        .filter(isPhone)
        .map(({ address }) => address)
        .join('\n'),
    }),
    read({ phones }) {
      const threepids: Threepid[] = [];
      for (const typed of String(phones).split('\n')) {
        if (typed.trim() === '') continue;
        const found = asPhone(typed);
        if (!isThreepid(found)) return { problems: { phones: found } };
        threepids.push(...threepidsWithout([found], threepids));
      }
      return { input: { threepids } };
    },
  } satisfies Form<State, User>,
  goal: (input, { threepids }) => ({
    threepids: [...input.threepids, ...(threepids ?? []).filter((one) => !isPhone(one)).map(bare)],
  }),
  consequences: () => [EMAILS],
});

export const removePhoneUnderMas = defineUnderMas<User, State, { what: string }>({
  label: /*i18n*/ { id: 'user.threepids-remove.mas', message: 'Remove phone number' },
  form: {
    fields: [{ name: 'what', kind: 'text', label: NUMBER }],
    initial: { what: '' },
    from: ({ threepids }) => ({ what: threepids?.find(isPhone)?.address ?? '' }),
    read({ what }) {
      const found = asPhone(String(what));
      return isThreepid(found) ? { input: { what: found.address } } : { problems: { what: found } };
    },
  } satisfies Form<{ what: string }, User>,
  // Whatever was entered elsewhere: an email address stays.
  goal: ({ what }, { threepids }) => ({
    threepids: (threepids ?? []).filter((one) => !isPhone(one) || one.address !== what).map(bare),
  }),
  consequences: () => [EMAILS],
});
