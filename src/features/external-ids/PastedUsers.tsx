import { Textarea, Text } from '@mantine/core';
import { plural } from '~/lib/numbers';
import type { ParsedUserIds } from '~/lib/mxid';
import { Notice } from '~/ui/Notice';
import classes from './external-ids.module.css';

interface PastedUsersProps {
  label: string;
  value: string;
  parsed: ParsedUserIds;
  onChange(value: string): void;
}

const SHOWN = 8;

/** Users by name, one a line; lines that name nobody are told with their reason, and the others kept. */
export function PastedUsers({ label, value, parsed, onChange }: PastedUsersProps) {
  const { ids, problems } = parsed;
  return (
    <div className={classes.pasted}>
      <Textarea
        label={label}
        description="One a line, or set apart by commas or spaces. matrix.to links will do."
        placeholder="@anna:example.org"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
      />
      <Text size="sm" c="dimmed" role="status">
        {value.trim() === '' ? '' : `${plural(ids.length, 'user')} named`}
      </Text>
      {problems.length > 0 && (
        <Notice tone="warning" title={`${plural(problems.length, 'entry', 'entries')} left out`}>
          <ul className={classes.problems}>
            {problems.slice(0, SHOWN).map(({ line, text, reason }) => (
              <li key={`${line} ${text}`}>
                Line {line}: <bdi>{text}</bdi>. {reason}
              </li>
            ))}
          </ul>
          {problems.length > SHOWN && <span>{`And ${plural(problems.length - SHOWN, 'more', 'more')}.`}</span>}
        </Notice>
      )}
    </div>
  );
}
