import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, type ReactNode } from 'react';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { ReadingJob } from '~/ui/job/ReadingJob';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { LeavingReading } from './LeavingReading';

interface ScanProgressProps {
  /** What is read to make the plan, as `usePlan` (~/job-store/drafts) gives it. */
  reading: { readonly job: Job; goOnWithout(): void };
  /** Whether the account that began it is signed in (`useSignedInAs(owner)`). */
  signedIn: boolean;
  /** The admin gave up: drops the plan, which stops the reading, and shows the choice. */
  onCancel(): void;
  /** The same where the admin leaves the page. */
  onDrop(): void;
  /** Whether a plan can be made without what could not be read. */
  mayGoWithout: boolean;
  look?: LedgerLook;
  /** What is read, in a sentence: “Glia reads each user: one request per user.” */
  children?: ReactNode;
}

/** Making a plan: it only reads. Shows how far it is, what could not be read, and lets one give up or try again. */
export function ScanProgress({ reading, signedIn, onCancel, onDrop, mayGoWithout, look, children }: ScanProgressProps) {
  const { t } = useLingui();
  const isReading = !isOver(useSnapshot(reading.job));
  const gaveUp = useRef(false);
  return (
    <>
      <LeavingReading isReading={isReading} gaveUp={gaveUp} onCancel={onDrop} />
      <ReadingJob
        reading={reading}
        signedIn={signedIn}
        about={
          children === undefined ? undefined : (
            <>
              {children} <Trans>This changes nothing.</Trans>
            </>
          )
        }
        trouble={t`You can wait, or cancel and try again later. Nothing has been changed.`}
        without={mayGoWithout ? t`Review without them` : undefined}
        onStop={() => {
          gaveUp.current = true;
          onCancel();
        }}
        {...(look && { look })}
      />
    </>
  );
}
