import { msg, t } from '@lingui/core/macro';
import { useMemo } from 'react';
import { JobsOn } from '~/entities/job/JobsOn';
import { aboutRoom } from '~/job-store/jobs-on';

/** What jobs of this browser did to this room. */
export function RoomActivity({ roomId }: { roomId: string }) {
  const of = useMemo(() => aboutRoom(roomId), [roomId]);
  return (
    <JobsOn
      id={roomId}
      of={of}
      outcome={msg`For this room`}
      none={t`No job of this browser has changed this room. Joins are listed with the users who were joined.`}
    />
  );
}
