import { useMemo } from 'react';
import { completeWords } from '~/lib/complete-words';
import { removedWords } from '~/lib/entries';
import { parseUserIds, serverOf } from '~/lib/mxid';
import { plural } from '~/lib/numbers';
import { PasteField } from '~/ui/PasteField';

interface NamedUsersProps {
  serverName: string;
  text: string;
  onChange(text: string): void;
}

/** Users that are named one by one. Words that may be users wait to be completed. */
export function NamedUsers({ serverName, text, onChange }: NamedUsersProps) {
  const parsed = useMemo(() => parseUserIds(text, serverName, 'never'), [text, serverName]);
  const foreign = parsed.ids.filter((id) => serverOf(id) !== serverName);
  return (
    <PasteField
      label="Users"
      description="User IDs or links, one a line, or set apart by commas or spaces."
      placeholder={`@anna:${serverName}`}
      value={text}
      onChange={onChange}
      understood={text.trim() === '' ? '' : `${plural(parsed.ids.length - foreign.length, 'user')} named`}
      problems={[
        ...parsed.problems,
        ...foreign.map((id) => ({
          line: parsed.lines.get(id) ?? 1,
          text: id,
          reason: 'This user’s account is on another homeserver.',
        })),
      ]}
      notes={removedWords(parsed.removed)}
      completion={{
        serverName,
        waiting: parsed.waiting,
        completed: parsed.completed,
        onComplete: () => onChange(completeWords(text, parsed, serverName)),
      }}
    />
  );
}
