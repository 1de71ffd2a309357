import { msg, t } from '@lingui/core/macro';
import { useMemo } from 'react';
import { JobsOn } from '~/entities/job/JobsOn';
import { aboutUser } from '~/job-store/jobs-on';

/** What jobs of this browser did to this user. */
export function UserActivity({ userId }: { userId: string }) {
  const of = useMemo(() => aboutUser(userId), [userId]);
  return (
    <JobsOn id={userId} of={of} outcome={msg`For this user`} none={t`No job of this browser has changed this user.`} />
  );
}
