import { Tooltip } from '@mantine/core';
import { exact, relative } from '~/lib/dates';

/** A time as people say it, the exact one on hover. `none` is shown where the server does not know. */
export function Moment({ ms, none = 'unknown' }: { ms: number | null | undefined; none?: string }) {
  if (ms == null) return <span>{none}</span>;
  return (
    <Tooltip label={exact(ms)}>
      <time dateTime={new Date(ms).toISOString()}>{relative(ms)}</time>
    </Tooltip>
  );
}
