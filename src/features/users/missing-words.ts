import { t } from '@lingui/core/macro';
import { formatCount } from '~/lib/numbers';

export function missingWords(count: number): string {
  const missing = formatCount(count);
  return t`The list changed while Glia read it, so up to ${missing} may be missing. Read it again to be sure.`;
}
