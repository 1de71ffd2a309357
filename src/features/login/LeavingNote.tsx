import { Plural, Trans } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useAllJobs } from '~/job-store/jobs';
import { countHeld } from '~/job-store/secrets';
import { isOver } from '~/jobs/phase';

/** What of this page is lost by signing in again on another site. A page that is left can't stay as it is. */
export function LeavingNote() {
  const open = useAllJobs().filter((job) => !isOver(job) && job.elsewhere !== true);
  const lost = countHeld();
  return (
    <Text size="sm" component="p" m={0}>
      <Trans>
        This takes you to another site and back to this page. What you entered here and did not send is lost. Jobs are
        paused, and you can resume them when you are back.
      </Trans>
      {open.some(({ kept }) => kept?.ok !== true) && (
        <>
          {' '}
          <Trans>Results of jobs that this browser can’t save are lost, too.</Trans>
        </>
      )}
      {lost > 0 && (
        <>
          {' '}
          <Plural
            value={lost}
            one="# new password that has not been saved is lost, too: use an access token to keep it."
            other="# new passwords that have not been saved are lost, too: use an access token to keep them."
          />
        </>
      )}
    </Text>
  );
}
