import { completeWords } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import type { ParsedUserIds } from '~/lib/mxid';
import { plural } from '~/lib/numbers';
import { PasteField } from '~/ui/PasteField';

interface PastedUsersProps {
  label: string;
  value: string;
  parsed: ParsedUserIds;
  serverName: string;
  onChange(value: string): void;
}

/** Users by name; lines that name nobody are listed with their reason, and the others kept. */
export function PastedUsers({ label, value, parsed, serverName, onChange }: PastedUsersProps) {
  return (
    <PasteField
      label={label}
      description="User IDs or links, one a line, or set apart by commas or spaces."
      placeholder={`@anna:${serverName}`}
      value={value}
      onChange={onChange}
      understood={value.trim() === '' ? '' : `${plural(parsed.ids.length, 'user')} named`}
      problems={parsed.problems}
      notes={removedWords(parsed.removed)}
      completion={{
        serverName,
        waiting: parsed.waiting,
        completed: parsed.completed,
        onComplete: () => onChange(completeWords(value, parsed, serverName)),
      }}
    />
  );
}
