import { expect, it } from 'vitest';
import { phoneDigits } from './phone-numbers';

it('reads a phone number in the ways that people write it', () => {
  for (const typed of [
    '+44 20 7946 0000',
    '0044 20 7946 0000',
    '+44 (0)20 7946-0000',
    'tel:+44-20-7946-0000',
    '442079460000',
  ])
    expect([typed, phoneDigits(typed)]).toEqual([typed, '442079460000']);
});

it('takes no number without the code of its country, and nothing else', () => {
  for (const typed of ['020 7946 0000', '+', '', 'anna', '+44 20 x946', '12345', '1'.repeat(16)])
    expect([typed, phoneDigits(typed)]).toEqual([typed, null]);
});
