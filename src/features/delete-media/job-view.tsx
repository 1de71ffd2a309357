import { Text } from '@mantine/core';
import type { JobView } from '~/entities/job/job-view';
import { UserLink } from '~/entities/user/UserLink';
import type { Job } from '~/jobs/job';
import { formatBytes } from '~/lib/bytes';
import { Id } from '~/ui/Id';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Outside } from '~/ui/Outside';
import { freed } from './freed';

/** IDs as IDs, so that they never wrap in the middle. */
const LOOK: LedgerLook = {
  idHeader: 'Media id',
  idCell: (id) => <Id value={id} />,
  cell: (column, text) => (column === 'Owner' ? <UserLink userId={text} /> : <Outside text={text} />),
  widths: { Owner: 'minmax(12rem, 1.4fr)', Type: '8rem', Size: '5.5rem', Uploaded: '6.5rem', 'Last opened': '6.5rem' },
};
const SLICE_LOOK: LedgerLook = { idHeader: 'Request' };

/** `file`: each item is one. Otherwise an item is a request that Synapse chose the files of, which only it can list if they are `remote`. */
function kindOf(job: Job): 'file' | 'local' | 'remote' {
  const columns = job.columns();
  return columns.includes('Owner') ? 'file' : columns.includes('Planned files') ? 'local' : 'remote';
}

const REQUESTS =
  'Each row is a request for about a month, and says what Synapse answered. A request without an answer may still have been carried out; the next one takes what it left.';
const NOTES = {
  file: 'A browser or a proxy may still show a deleted file from its own cache for a day. “Freed” adds up the sizes of the deleted files, without their thumbnails. The report keeps each file’s ID, owner, type, size and dates.',
  local: `${REQUESTS} “Freed” adds up the sizes of the planned files that were deleted, without their thumbnails.`,
  remote: `${REQUESTS} Synapse says how many files it deleted but not how large they were, so how much disk space this freed is not known.`,
} as const;

export const deletionView: JobView = {
  look: (job) => (kindOf(job) === 'file' ? LOOK : SLICE_LOOK),
  sum: { name: 'Freed', of: freed, words: formatBytes },
  Notes: ({ job }) => <Text size="sm">{NOTES[kindOf(job)]}</Text>,
  undo: () =>
    'There is no undo: deleted files are gone for good, and the homeserver keeps nothing of them to put back. To hide a file so that it can come back, quarantine it instead.',
};
