import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { formatCount, plural } from '~/lib/numbers';
import { Outside } from './Outside';
import classes from './PasteField.module.css';

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
  return (
    <>
      {completed.length > 0 && (
        <div className={classes.completion}>
          <Text size="sm">{`Completed with :${serverName}:`}</Text>
          <Names names={completed.map((id) => id.slice(1, -serverName.length - 1))} />
        </div>
      )}
      {waiting.length > 0 && (
        <div className={classes.completion}>
          <Text size="sm">
            {waiting.length === 1
              ? `1 name has no server part. Complete it only if it is the user ID of someone on ${serverName}:`
              : `${formatCount(waiting.length)} names have no server part. Complete them only if each is the user ID of someone on ${serverName}:`}
          </Text>
          <Names names={waiting} />
          <Button size="compact-sm" variant="default" mt={6} onClick={onComplete}>
            {`Complete ${plural(waiting.length, 'name')} with :${serverName}`}
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
  return (
    <div className={classes.names} role="group" aria-label="Names without a server part">
      {shown.map((name) => (
        <Outside key={name} text={name} as="id" />
      ))}
      {more > 0 && all && <span>{`and ${formatCount(more)} more`}</span>}
      {more > 0 && !all && (
        <Button size="compact-xs" variant="default" onClick={() => setAll(true)}>
          {`Show all ${formatCount(names.length)}`}
        </Button>
      )}
    </div>
  );
}
