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
};

export const VERDICT_COLORS: Readonly<Record<Verdict, string>> = {
  delete: 'red',
  avatar: 'teal',
  protected: 'teal',
  quarantined: 'grape',
  'link-preview': 'gray',
  recent: 'gray',
  'not-larger': 'gray',
  unfinished: 'gray',
};
