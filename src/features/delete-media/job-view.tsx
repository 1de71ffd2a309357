import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import type { JobView } from '~/entities/job/job-view';
import { UserLink } from '~/entities/user/UserLink';
import type { Job } from '~/jobs/job';
import { formatBytes } from '~/lib/bytes';
import { Id } from '~/ui/Id';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { Outside } from '~/ui/Outside';
import { freed } from './freed';

/** What the columns of a job are called. */
const headers = {
  File: msg`File`,
  Owner: msg`Owner`,
  Size: msg`Size`,
  'Last opened': msg`Last opened`,
  'Planned files': msg`Planned files`,
};

/** IDs are shown as IDs, so that they never wrap in the middle. */
const LOOK: LedgerLook = {
  idHeader: msg`File ID`,
  idCell: (id) => <Id value={id} />,
  cell: (column, text) => (column === 'Owner' ? <UserLink userId={text} /> : <Outside text={text} />),
  headers,
  widths: { Owner: 'minmax(12rem, 1.4fr)', Size: '5.5rem', 'Last opened': '6.5rem' },
};
// Without the ID, which is the end of the month to the millisecond.
const REQUEST_LOOK: LedgerLook = { idHeader: null, headers };

/** `file`: each item is a file. Otherwise each is a request that deletes files of this homeserver, or from the remote media cache. */
function kindOf(job: Job): 'file' | 'local' | 'remote' {
  const columns = job.columns();
  return columns.includes('Owner') ? 'file' : columns.includes('Planned files') ? 'local' : 'remote';
}

function Notes({ job }: { job: Job }) {
  const kind = kindOf(job);
  return (
    <Text size="sm">
      {kind === 'file' ? (
        <Trans>
          A browser or a proxy may still show a deleted file from its own cache for a day. “Freed” is the size of the
          deleted files, without their thumbnails.
        </Trans>
      ) : kind === 'local' ? (
        <Trans>
          Each item is a request for about a month, and its reason says what Synapse answered. A request without an
          answer may still have been carried out; the next one deletes what it left. “Freed” is the size of the planned
          files that were deleted, without their thumbnails.
        </Trans>
      ) : (
        <Trans>
          Each item is a request for about a month, and its reason says how many files Synapse deleted. Synapse doesn’t
          say how large they were, so the freed disk space is not known. A request without an answer may still have been
          carried out; the next one deletes what it left.
        </Trans>
      )}
    </Text>
  );
}

export const deletionView: JobView = {
  look: (job) => (kindOf(job) === 'file' ? LOOK : REQUEST_LOOK),
  sum: { name: msg`Freed`, of: freed, words: formatBytes },
  Notes,
  undo: (job) =>
    kindOf(job) === 'remote'
      ? t`There is no undo. A deleted file is fetched again when someone opens it, if its own homeserver still has it.`
      : t`There is no undo: the homeserver keeps nothing of a deleted file. To hide a file so that it can come back, quarantine it instead.`,
};
