import { exact, relative } from '~/lib/dates';
import { useTip } from './use-tip';

/** A time as people say it, the exact one on hover. `none` is shown where the server does not know. */
export function Moment({ ms, none = 'unknown' }: { ms: number | null | undefined; none?: string }) {
  if (ms == null) return <span>{none}</span>;
  return <Known ms={ms} />;
}

function Known({ ms }: { ms: number }) {
  const { target, tip } = useTip<HTMLTimeElement>(exact(ms));
  return (
    <>
      <time dateTime={new Date(ms).toISOString()} {...target}>
        {relative(ms)}
      </time>
      {tip}
    </>
  );
}
