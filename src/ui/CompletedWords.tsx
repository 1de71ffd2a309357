import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '~/lib/numbers';
import { isolated } from '~/lib/shown-text';
import { Outside } from './Outside';
import classes from './PasteField.module.css';
import { verbatim } from './verbatim';

export interface CompletionProps {
  serverName: string;
  /** Bare words that would be users of this server. */
  waiting: readonly string[];
  /** IDs that were such words. */
  completed: readonly string[];
  /** Writes the waiting words out as IDs. */
  onComplete(): void;
}

/** Bare words become IDs only by name: each one is listed, and where other things stand beside them, somebody has to say so. */
export function CompletedWords({ serverName, waiting, completed, onComplete }: CompletionProps) {
  const server = isolated(serverName);
  const completedWith = verbatim(server);
  const incomplete = waiting.length;
  return (
    <>
      {completed.length > 0 && (
        <div className={classes.completion}>
          <Text size="sm">
            <Trans>Completed with :{completedWith}:</Trans>
          </Text>
          <Names names={completed.map((id) => id.slice(1, -serverName.length - 1))} />
        </div>
      )}
      {waiting.length > 0 && (
        <div className={classes.completion}>
          <Text size="sm">
            {plural(incomplete, {
              one: `# name has no server part. Complete it only if it is the user ID of someone on ${server}:`,
              other: `# names have no server part. Complete them only if each is the user ID of someone on ${server}:`,
            })}
          </Text>
          <Names names={waiting} />
          <Button size="compact-sm" variant="default" mt={6} onClick={onComplete}>
            {t`Complete ${plural(incomplete, { one: '# name', other: '# names' })} with :${server}`}
          </Button>
        </div>
      )}
    </>
  );
}

const SHOWN = 40;

function Names({ names }: { names: readonly string[] }) {
  const [all, setAll] = useState(false);
  const shown = names.slice(0, all ? 2000 : SHOWN);
  const more = names.length - shown.length;
  const others = formatCount(more);
  const total = formatCount(names.length);
  return (
    <div className={classes.names} role="group" aria-label={t`Names without a server part`}>
      {shown.map((name) => (
        <Outside key={name} text={name} as="id" />
      ))}
      {more > 0 && all && (
        <span>
          <Trans>and {others} more</Trans>
        </span>
      )}
      {more > 0 && !all && (
        <Button size="compact-xs" variant="default" onClick={() => setAll(true)}>
          <Trans>Show all {total}</Trans>
        </Button>
      )}
    </div>
  );
}
