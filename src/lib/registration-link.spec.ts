import { expect, it } from 'vitest';
import { registrationLink } from './registration-link';

it('puts the token where the address has a place for it, encoded', () => {
  expect(registrationLink(' https://hs.example/register?token={token} ', 'a b&c')).toBe(
    'https://hs.example/register?token=a%20b%26c',
  );
  expect(registrationLink('https://chat.example/#/register/{token}', 'x~y')).toBe(
    'https://chat.example/#/register/x~y',
  );
});

it.each(['', 'https://hs.example/register', 'hs.example/{token}', 'javascript:alert({token})'])(
  'makes no link of %j',
  (template) => {
    expect(registrationLink(template, 'abc')).toBeNull();
  },
);
