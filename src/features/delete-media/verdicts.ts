import type { Verdict } from './plan';

/** As the table and the badges say them. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  delete: 'Will be deleted',
  avatar: 'Kept: avatar',
  protected: 'Kept: protected',
  quarantined: 'Kept: quarantined',
  'link-preview': 'Kept: link preview',
  recent: 'Kept: newer',
  'not-larger': 'Kept: too small',
  unfinished: 'Kept: unfinished upload',
  'odd-date': 'Kept: its date can’t be right',
};

export const VERDICT_DOTS: Readonly<Record<Verdict, string>> = {
  delete: 'var(--mantine-color-red-6)',
  avatar: 'var(--mantine-color-teal-6)',
  protected: 'var(--mantine-color-teal-6)',
  quarantined: 'var(--mantine-color-grape-6)',
  'link-preview': 'var(--mantine-color-gray-5)',
  recent: 'var(--mantine-color-gray-5)',
  'not-larger': 'var(--mantine-color-gray-5)',
  unfinished: 'var(--mantine-color-gray-5)',
  'odd-date': 'var(--mantine-color-orange-6)',
};
