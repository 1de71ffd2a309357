import { expect, it } from 'vitest';
import { canonicalEmail } from './canonical-email';

// What Python answers to `address.split("@")[0].casefold()`.
it.each([
  ['Anna.B@Example.ORG', 'anna.b@example.org'],
  ['Straße@x.example', 'strasse@x.example'],
  ['STRAẞE@x.example', 'strasse@x.example'],
  ['ΝΙΚΟΣ@x.example', 'νικοσ@x.example'],
  ['νικος@x.example', 'νικοσ@x.example'],
  ['ﬁnn@x.example', 'finn@x.example'],
  ['ıI@x.example', 'ıi@x.example'],
  ['a@Straße.example', 'a@straße.example'],
])('%s is kept as %s', (typed, kept) => {
  expect(canonicalEmail(typed)).toBe(kept);
});
