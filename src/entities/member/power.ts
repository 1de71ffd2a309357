import { t } from '@lingui/core/macro';
import { formatCount } from '~/lib/numbers';

/** The usual levels have the names that Matrix clients give them. */
export function powerWords(power: number | null): string {
  if (power === null) return t`unknown`;
  if (power === Infinity) return t`creator`;
  const number = power < 0 ? String(power) : formatCount(power);
  if (power >= 100) return t`${number} · admin`;
  return power >= 50 ? t`${number} · moderator` : number;
}
