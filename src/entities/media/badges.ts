import type { ShownMedia } from '~/api/media';
import { isolated, isolatedWords } from '~/lib/shown-text';
import type { Mark } from '~/ui/Marks';

/** A file's states as labels. */
export function fileBadges(file: ShownMedia): Mark[] {
  const badges: (Mark | false)[] = [
    file.quarantined_by != null && {
      label: 'quarantined',
      tone: 'grave',
      meaning: `by ${isolated(file.quarantined_by)}`,
    },
    file.safe_from_quarantine && { label: 'protected', tone: 'good', meaning: 'Safe from quarantine.' },
    file.url_cache != null && { label: 'link preview', tone: 'plain', meaning: isolatedWords(file.url_cache, 200) },
  ];
  return badges.filter((badge) => badge !== false);
}
