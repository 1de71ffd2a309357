import { Trans, useLingui } from '@lingui/react/macro';
import type { Job } from '~/jobs/job';
import { ReadingJob } from '~/ui/job/ReadingJob';

interface ScanReadingProps {
  reading: { readonly job: Job; readonly stage: string; goOnWithout(): void };
  /** Whether the account that began it is signed in. */
  signedIn: boolean;
  /** Whether another request per user reads their devices. */
  devices: boolean;
  /** What was read by then is kept. */
  onStop(): void;
}

/** A scan that is being read. */
export function ScanReading({ reading, signedIn, devices, onStop }: ScanReadingProps) {
  const { stage } = reading;
  const { t } = useLingui();
  return (
    <ReadingJob
      reading={reading}
      signedIn={signedIn}
      about={
        <>
          {stage === 'list'
            ? t`Reading the list of users, 1,000 per request.`
            : stage === 'storage'
              ? t`Reading how much storage users take, 1,000 per request.`
              : devices
                ? t`Reading each user and their sessions: two requests per user.`
                : t`Reading each user: one request per user.`}{' '}
          <Trans>
            This changes nothing. You can use Glia’s other pages in the meantime. If you close or reload this tab, what
            was read is kept, and you can read the rest later.
          </Trans>
        </>
      }
      resume={t`Resume scan`}
      without={stage === 'list' ? undefined : t`Continue without them`}
      stop={stage === 'users' ? t`Stop and keep what was read` : t`Cancel`}
      onStop={onStop}
      look={{ idHeader: stage === 'users' ? t`User` : t`Page` }}
    />
  );
}
