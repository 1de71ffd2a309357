import { plural } from '~/lib/numbers';
import type { ParsedUserIds } from '~/lib/mxid';
import { PasteField } from '~/ui/PasteField';

interface PastedUsersProps {
  label: string;
  value: string;
  parsed: ParsedUserIds;
  onChange(value: string): void;
}

/** Users by name; lines that name nobody are told with their reason, and the others kept. */
export function PastedUsers({ label, value, parsed, onChange }: PastedUsersProps) {
  return (
    <PasteField
      label={label}
      description="One a line, or set apart by commas or spaces. matrix.to links will do."
      placeholder="@anna:example.org"
      value={value}
      onChange={onChange}
      understood={value.trim() === '' ? '' : `${plural(parsed.ids.length, 'user')} named`}
      problems={parsed.problems}
    />
  );
}
