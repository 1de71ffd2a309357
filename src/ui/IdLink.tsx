import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Outside } from './Outside';

/** An ID that leads to the page of what it names. */
export function IdLink({ value, to }: { value: string; to: string }) {
  return (
    <Anchor
      component={Link}
      to={to}
      dir="ltr"
      ff="monospace"
      fz="0.8125rem"
      truncate
      maw="100%"
      display="inline-block"
      style={{ verticalAlign: 'bottom' }}
    >
      <Outside as="id" text={value} />
    </Anchor>
  );
}
