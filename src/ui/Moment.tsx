import { exact, relative } from '~/lib/dates';
import { isLikelyTime, isoTime, isTime } from '~/lib/times';
import { useTip } from './use-tip';

/** A time as people say it, the exact one on hover. `none` is shown where the server does not know. */
export function Moment({ ms, none = 'unknown' }: { ms: number | null | undefined; none?: string }) {
  if (ms == null) return <span>{none}</span>;
  return <Known ms={ms} />;
}

function Known({ ms }: { ms: number }) {
  const { target, tip } = useTip<HTMLTimeElement>(tipOf(ms));
  return (
    <>
      <time dateTime={isoTime(ms) ?? undefined} {...target}>
        <bdi>{relative(ms)}</bdi>
      </time>
      {tip}
    </>
  );
}

function tipOf(ms: number): string {
  if (isLikelyTime(ms)) return exact(ms);
  return isTime(ms)
    ? `This can’t be right: counted in milliseconds, it means ${exact(ms)}.`
    : 'This can’t be right: it is no time of any calendar.';
}
