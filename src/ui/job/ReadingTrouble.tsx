import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { formatCount } from '~/lib/numbers';
import { Notice } from '~/ui/Notice';

/** While something is read: that requests fail; at its end: how much could not be read. @param more what else to know meanwhile */
export function ReadingTrouble({ snapshot, more }: { snapshot: JobSnapshot; more?: string }) {
  const { t } = useLingui();
  const { counts, failures, concurrency } = snapshot;
  const bad = counts.failed + counts.unknown;
  const failed = formatCount(bad);
  const total = formatCount(snapshot.total);
  if (isOver(snapshot)) {
    return bad === 0 ? null : (
      <Notice role="alert" tone="warning" title={t`Not everything could be read`}>
        <Trans>
          {failed} of {total} could not be read. The reasons are listed below.
        </Trans>
      </Notice>
    );
  }
  return failures === undefined ? null : (
    <Notice
      role="status"
      tone="warning"
      title={plural(failures, { one: '# request has failed so far', other: '# requests have failed so far' })}
    >
      {t`The homeserver, or a proxy in front of it, didn’t answer. Glia repeats failed requests and slows down while this lasts: now ${plural(concurrency, { one: '# request', other: '# requests' })} in parallel.`}{' '}
      {more}
    </Notice>
  );
}
