import { t } from '@lingui/core/macro';
import { exact, relative } from '~/lib/dates';
import { isLikelyTime, isoTime, isTime } from '~/lib/times';
import { useTip } from './use-tip';

/** A time as people say it, the exact one on hover. `none` is shown where the server does not know. */
export function Moment({ ms, none = t`unknown` }: { ms: number | null | undefined; none?: string }) {
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
  if (!isTime(ms)) return t`This can’t be right: it is not a date.`;
  const time = exact(ms);
  return t`This can’t be right: read as milliseconds, it is ${time}.`;
}
