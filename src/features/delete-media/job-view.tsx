import { Text } from '@mantine/core';
import type { JobView } from '~/entities/job/job-view';
import { UserLink } from '~/entities/job/UserLink';
import type { Job, LedgerRow } from '~/jobs/job';
import { formatBytes } from '~/lib/bytes';
import { valueAt } from '~/lib/places';
import { Id } from '~/ui/Id';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Outside } from '~/ui/Outside';

/** IDs as IDs, so that they never wrap in the middle. */
const LOOK: LedgerLook = {
  idHeader: 'Media id',
  idCell: (id) => <Id value={id} />,
  cell: (column, text) => (column === 'Owner' ? <UserLink userId={text} /> : <Outside text={text} />),
  widths: { Owner: 'minmax(12rem, 1.4fr)', Type: '8rem', Size: '5.5rem', Uploaded: '6.5rem', 'Last opened': '6.5rem' },
};
const SLICE_LOOK: LedgerLook = { idHeader: 'Slice' };

/** A sweep's rows are slices of time, not files. */
const lookOf = (job: Job) => (job.columns().includes('Owner') ? LOOK : SLICE_LOOK);

/** What the homeserver said it deleted, by the sizes that were read before; older versions kept them in another place. */
function freed({ status, before }: LedgerRow): number | null {
  const size = valueAt(before, ['note', 'bytes']) ?? valueAt(before, ['media_length']);
  return status === 'done' && typeof size === 'number' ? size : null;
}

export const deletionView: JobView = {
  look: lookOf,
  sum: { name: 'Freed', of: freed, words: formatBytes },
  Notes: ({ job }) => (
    <Text size="sm">
      {lookOf(job) === SLICE_LOOK
        ? 'Each row is a slice of time; its reason says what the server counted. A slice without an answer may still have been carried out, and the next one took what it left.'
        : 'A browser or a proxy may go on showing a deleted file from its own cache for a day. The report keeps each file’s id, owner, type, size and dates as they were.'}
    </Text>
  ),
  undo: () =>
    'There is no undo: deleted files are gone for good, and the homeserver keeps nothing of them to put back. To hide a file so that it can come back, quarantine it instead.',
};
