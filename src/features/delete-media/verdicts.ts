import { plural, t } from '@lingui/core/macro';
import type { Verdict } from './plan';

/** How many files are kept, and why: “12 avatars kept”. */
export function keptWords(verdict: Exclude<Verdict, 'delete'>, count: number): string {
  switch (verdict) {
    case 'avatar':
      return t`${plural(count, { one: '# avatar kept', other: '# avatars kept' })}`;
    case 'listed':
      return t`${plural(count, { one: '# file of your list kept', other: '# files of your list kept' })}`;
    case 'sticker':
      return t`${plural(count, { one: '# sticker kept', other: '# stickers kept' })}`;
    case 'newest':
      return t`${plural(count, { one: '# of the newest files kept', other: '# of the newest files kept' })}`;
    case 'protected':
      return t`${plural(count, { one: '# protected file kept', other: '# protected files kept' })}`;
    case 'quarantined':
      return t`${plural(count, { one: '# quarantined file kept', other: '# quarantined files kept' })}`;
    case 'link-preview':
      return t`${plural(count, { one: '# link preview kept', other: '# link previews kept' })}`;
    case 'recent':
      return t`${plural(count, { one: '# newer file kept', other: '# newer files kept' })}`;
    case 'not-larger':
      return t`${plural(count, { one: '# smaller file kept', other: '# smaller files kept' })}`;
    case 'unfinished':
      return t`${plural(count, { one: '# unfinished upload kept', other: '# unfinished uploads kept' })}`;
    case 'odd-date':
      return t`${plural(count, { one: '# file with an impossible date kept', other: '# files with an impossible date kept' })}`;
  }
}

export const VERDICT_DOTS: Readonly<Record<Verdict, string>> = {
  delete: 'var(--mantine-color-red-6)',
  avatar: 'var(--mantine-color-teal-6)',
  listed: 'var(--mantine-color-teal-6)',
  sticker: 'var(--mantine-color-teal-6)',
  newest: 'var(--mantine-color-teal-6)',
  protected: 'var(--mantine-color-teal-6)',
  quarantined: 'var(--mantine-color-grape-6)',
  'link-preview': 'var(--mantine-color-gray-5)',
  recent: 'var(--mantine-color-gray-5)',
  'not-larger': 'var(--mantine-color-gray-5)',
  unfinished: 'var(--mantine-color-gray-5)',
  'odd-date': 'var(--mantine-color-orange-6)',
};
