import { describe, expect, it } from 'vitest';
import { english } from '~/lib/english';
import { FIRST, localpartIn, readForm, type Entered } from './form';

const read = (entered: Partial<Entered>) => readForm({ ...FIRST, ...entered }, 'example.org');

describe('the form of a new user', () => {
  it('makes one item with what was entered, and nothing that was not', () => {
    const { item, problems } = read({
      localpart: 'anna',
      displayname: ' Anna A. ',
      emails: 'Anna@Example.org\n\nanna@example.org',
      externalIds: 'oidc-keycloak: 1001',
      rooms: '#lobby:example.org',
    });
    expect(problems).toEqual({});
    expect(item).toEqual({
      op: 'create',
      id: '@anna:example.org',
      goal: {
        displayname: 'Anna A.',
        threepids: [{ medium: 'email', address: 'anna@example.org' }],
        external_ids: [{ auth_provider: 'oidc-keycloak', external_id: '1001' }],
      },
      planned: null,
      identity: null,
      password: 'made',
      rooms: ['#lobby:example.org'],
    });
    expect(read({ localpart: 'anna', password: 'none' }).item).toMatchObject({ goal: {} });
    expect(read({ localpart: 'anna', password: 'none' }).item.password).toBeUndefined();
  });

  it('takes a username with its sign, and a whole ID of this server', () => {
    for (const typed of ['anna', '@anna', ' @anna:example.org '])
      expect(localpartIn(typed, 'example.org')).toBe('anna');
    expect(read({ localpart: '@anna:elsewhere.org' }).problems.localpart).toBeDefined();
  });

  it('never makes a regular user where another type was chosen', () => {
    expect(read({ localpart: 'anna', type: 'bot' }).item.goal).toEqual({ user_type: 'bot' });
    expect(read({ localpart: 'anna', type: 'other', typeName: ' kiosk ' }).item.goal).toEqual({ user_type: 'kiosk' });
    const { problems } = read({ localpart: 'anna', type: 'other' });
    expect(english(problems.typeName ?? '')).toBe('Enter the name of the user type.');
  });

  it('says which line of which field can’t be used', () => {
    const { problems } = read({
      localpart: 'Ännä',
      displayname: 'x'.repeat(257),
      password: 'typed',
      typed: 'short',
      emails: 'anna@example.org\nnobody',
      externalIds: 'no provider',
      rooms: 'lobby',
    });
    expect(Object.keys(problems).toSorted()).toEqual([
      'displayname',
      'emails',
      'externalIds',
      'localpart',
      'rooms',
      'typed',
    ]);
    expect(english(problems.emails ?? '')).toBe('Line 2: “nobody” is not an email address.');
  });
});
