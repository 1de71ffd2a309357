import { t } from '@lingui/core/macro';
import { UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import classes from './Id.module.css';
import { useTip } from './use-tip';
import { isolated, shownId } from '~/lib/shown-text';

interface IdProps {
  value: string;
  /** Text, and no button. */
  plain?: boolean;
  /** Shown whole, on as many lines as it takes: where two that begin alike must be told apart. */
  wrap?: boolean;
}

/**
 * An ID in a monospace that never wraps in the middle of a word; a click copies it. It runs from left to right in every
 * language, and is isolated (`bdi`), so that marks that turn the writing direction stay inside it.
 */
export function Id({ value, plain = false, wrap = false }: IdProps) {
  const clipboard = useClipboard({ timeout: 1500 });
  const { target, tip } = useTip<HTMLButtonElement>(clipboard.copied ? t`Copied` : t`Click to copy`);
  if (plain)
    return (
      <bdi dir="ltr" className={classes.id} data-wrap={wrap || undefined}>
        {shownId(value)}
      </bdi>
    );
  const id = isolated(value);
  return (
    <>
      <UnstyledButton
        dir="ltr"
        className={classes.id}
        aria-label={clipboard.copied ? t`Copied ${id}` : t`Copy ${id}`}
        onClick={(event) => {
          event.stopPropagation();
          clipboard.copy(value);
        }}
        {...target}
      >
        <bdi>{shownId(value)}</bdi>
      </UnstyledButton>
      {tip}
    </>
  );
}
