import { msg, t } from '@lingui/core/macro';
import type { ShownMedia } from '~/api/media';
import { isolated, isolatedWords } from '~/lib/shown-text';
import type { Mark } from '~/ui/Marks';

/** A file's states as labels. */
export function fileBadges(file: ShownMedia): Mark[] {
  const badges: (Mark | false)[] = [
    file.quarantined_by != null && {
      label: msg`quarantined`,
      tone: 'grave',
      meaning: quarantinedBy(file.quarantined_by),
    },
    file.safe_from_quarantine && {
      label: msg`protected`,
      tone: 'good',
      meaning: msg`Can’t be quarantined, and is kept when files are deleted by date.`,
    },
    file.url_cache != null && { label: msg`link preview`, tone: 'plain', meaning: isolatedWords(file.url_cache, 200) },
  ];
  return badges.filter((badge) => badge !== false);
}

function quarantinedBy(userId: string): string {
  const who = isolated(userId);
  return t`Quarantined by ${who}`;
}
