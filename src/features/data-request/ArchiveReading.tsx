import { Trans, useLingui } from '@lingui/react/macro';
import type { Job } from '~/jobs/job';
import { ReadingJob } from '~/ui/job/ReadingJob';

interface ArchiveReadingProps {
  reading: { readonly job: Job; readonly stage: string; goOnWithout(): void };
  /** Whether the account that began it is signed in. */
  signedIn: boolean;
  onCancel(): void;
}

/** An archive that is being read. */
export function ArchiveReading({ reading, signedIn, onCancel }: ArchiveReadingProps) {
  const { t } = useLingui();
  return (
    <ReadingJob
      reading={reading}
      signedIn={signedIn}
      about={
        <>
          {reading.stage === 'files'
            ? t`Downloading the files into the archive.`
            : t`Reading what the homeserver has of the user.`}{' '}
          <Trans>
            This changes nothing. You can use Glia’s other pages in the meantime. If you close or reload this tab, no
            archive is saved.
          </Trans>
        </>
      }
      without={t`Continue without them`}
      onStop={onCancel}
      look={{ idHeader: t`Part of the archive` }}
    />
  );
}
