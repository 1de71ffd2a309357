import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { named, recognise, recogniseUser, unwrap } from './recognise';

const V12 = `!${'aB3-_'.repeat(8)}xyz`;
function lenient(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

const found = (text: string) => {
  const one = recognise(text, 'example.org');
  return one.kind === 'email'
    ? `email ${one.address}`
    : one.kind === 'word'
      ? `word ${one.text}`
      : `${one.kind} ${one.id}`;
};

describe('what was pasted is recognised', () => {
  it.each([
    ['@anna:example.org', 'user @anna:example.org'],
    [' "@anna:example.org", ', 'user @anna:example.org'],
    ['<@anna:example.org>', 'user @anna:example.org'],
    ["'@anna:example.org", 'user @anna:example.org'],
    ['`@anna:example.org`.', 'user @anna:example.org'],
    ['@anna:[::1]:8448', 'user @anna:[::1]:8448'],
    ['(@anna:[::1])', 'user @anna:[::1]'],
    ["@o'hara:example.org", "user @o'hara:example.org"],
    ['@anna', 'user @anna:example.org'],
    ['#general', 'alias #general:example.org'],
    ['#general:example.org', 'alias #general:example.org'],
    ['!x:example.org', 'room !x:example.org'],
    [V12, `room ${V12}`],
    ['anna@example.org', 'email anna@example.org'],
    ['mailto:anna@example.org?subject=x', 'email anna@example.org'],
    ['u1 (@u2:example.org)', 'user @u2:example.org'],
    ['Anna Smith <@anna:example.org>', 'user @anna:example.org'],
    ['Anna(@anna:example.org)', 'user @anna:example.org'],
    ['[Anna Smith](https://matrix.to/#/@anna:example.org)', 'user @anna:example.org'],
    ['<a href="https://matrix.to/#/@anna:example.org">Anna</a>', 'user @anna:example.org'],
    ['https://matrix.to/#/%40anna%3Aexample.org?via=example.org', 'user @anna:example.org'],
    ['https://matrix.to/#/@anna/x:example.org', 'user @anna/x:example.org'],
    ['https://matrix.to/#/#a/b:example.org/$event', 'alias #a/b:example.org'],
    ['https://app.element.io/#/room/#team:example.org', 'alias #team:example.org'],
    ['https://app.element.io/#/room/!x:example.org?via=one.org', 'room !x:example.org'],
    ['https://chat.example.org/element/#/user/@anna:example.org', 'user @anna:example.org'],
    [`https://app.element.io/#/room/${V12}/$event?via=one.org`, `room ${V12}`],
    ['element://vector/webapp/#/room/%23team%3Aexample.org', 'alias #team:example.org'],
    ['matrix:u/anna:example.org?action=chat', 'user @anna:example.org'],
    ['matrix:r/team:example.org', 'alias #team:example.org'],
    ['matrix:roomid/x:example.org/e/event?via=one.org', 'room !x:example.org'],
    [`matrix:roomid/${V12.slice(1)}?via=one.org`, `room ${V12}`],
    ['anna', 'word anna'],
    ['anna smith', 'word anna smith'],
    ['', 'word '],
    ['@', 'word @'],
    ['https://matrix.to/#/@anna', 'word https://matrix.to/#/@anna'],
  ])('%s', (text, expected) => {
    expect(found(text)).toBe(expected);
  });

  it('with the servers to join through', () => {
    expect(recognise('https://matrix.to/#/!x:example.org?via=one.org&via=two.org', 'example.org')).toMatchObject({
      via: ['one.org', 'two.org'],
    });
    expect(unwrap('(https://matrix.to/#/!x:example.org?via=one.org)').named).toMatchObject({ via: ['one.org'] });
  });

  it('without the marks that nobody sees around it, and both ways where they stand inside an ID', () => {
    expect(found('\uFEFF\u200B@anna:example.org\u200E')).toBe('user @anna:example.org');
    expect(recognise('@an\u200Bna:example.org', 'example.org')).toMatchObject({
      id: '@an\u200Bna:example.org',
      cleaned: '@anna:example.org',
    });
  });

  it('never as something that does not stand in it, whatever it is', () => {
    const pieces = fc.constantFrom(
      '@',
      '#',
      '!',
      ':',
      'a',
      'B',
      '.',
      '"',
      '<',
      '>',
      '(',
      ')',
      '%40',
      '%3A',
      'x.org',
      ' ',
    );
    const links = fc.constantFrom('', 'https://matrix.to/#/', 'matrix:u/', 'matrix:roomid/', '[A](https://a.b/#/user/');
    fc.assert(
      fc.property(links, fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), (link, parts) => {
        const text = link + parts.join('');
        const one = named(text) ?? unwrap(text).named;
        if (one === null || one.kind === 'email') return;
        const plain = text.replaceAll(/(?:%[0-9a-f]{2})+/gi, lenient);
        expect(`${plain} ${text}`).toContain(one.id.slice(1));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('in a search for users', () => {
  it.each([
    ['+49 170 1234567', '491701234567'],
    ['+49 (170) 123-4567', '491701234567'],
    ['0049 170 1234567', '491701234567'],
    ['tel:+49-170-1234567', '491701234567'],
    ['491701234567', '491701234567'],
  ])('%s is a phone number, as Synapse keeps it', (text, digits) => {
    expect(recogniseUser(text, 'example.org')).toEqual({ kind: 'phone', digits });
  });

  it.each([
    ['oidc-google:1001', 'oidc-google', '1001'],
    ['saml:anna@corp.example', 'saml', 'anna@corp.example'],
    ['oidc:a/b:c', 'oidc', 'a/b:c'],
    ['cas:anna:elsewhere.org', 'cas', 'anna:elsewhere.org'],
  ])('%s is an external ID', (text, provider, externalId) => {
    expect(recogniseUser(text, 'example.org')).toEqual({ kind: 'external-id', provider, externalId });
  });

  it('a user ID without its @ is that user', () => {
    expect(recogniseUser('anna:example.org', 'example.org')).toMatchObject({ kind: 'user', id: '@anna:example.org' });
  });

  it.each(['1234567', '2024-2025', '+49', 'Ops: Anna', 'https://example.org/x', 'anna', '12:', ':12', '+1 2 3 4 5'])(
    '%s stays a word',
    (text) => {
      expect(recogniseUser(text, 'example.org').kind).toBe('word');
    },
  );
});
