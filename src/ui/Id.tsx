import { UnstyledButton } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import classes from './Id.module.css';
import { useTip } from './use-tip';

/**
 * An id in a monospace that never wraps in the middle of a word; a click copies it. Isolated (`bdi`), so that marks that
 * turn the writing direction stay inside it.
 */
export function Id({ value, plain = false }: { value: string; plain?: boolean }) {
  const clipboard = useClipboard({ timeout: 1500 });
  const { target, tip } = useTip<HTMLButtonElement>(clipboard.copied ? 'Copied' : 'Click to copy');
  if (plain) return <bdi className={classes.id}>{value}</bdi>;
  return (
    <>
      <UnstyledButton
        className={classes.id}
        aria-label={clipboard.copied ? `Copied ${value}` : `Copy ${value}`}
        onClick={(event) => {
          event.stopPropagation();
          clipboard.copy(value);
        }}
        {...target}
      >
        <bdi>{value}</bdi>
      </UnstyledButton>
      {tip}
    </>
  );
}
