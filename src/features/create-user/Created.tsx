import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { PasswordsNote } from '~/entities/account/PasswordsNote';
import { roomsOf } from '~/entities/account/rooms-of';
import { useOpenWith } from '~/entities/list/use-open-with';
import { useJob } from '~/job-store/jobs';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { csvLine } from '~/lib/csv';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';

interface CreatedProps {
  job: Job;
  onAnother(): void;
  /** Back to the form, as it was filled in. */
  onBack(): void;
}

/** What became of the new account: what the homeserver said, the password once, and what comes next. */
export function Created({ job, onAnother, onBack }: CreatedProps) {
  const { t } = useLingui();
  const snapshot = useJob(job);
  const openWith = useOpenWith();
  const place = useRef<HTMLDivElement>(null);
  const isResting = isOver(snapshot) || snapshot.state.phase === 'paused';
  useEffect(() => {
    if (isResting) place.current?.focus();
  }, [isResting]);
  if (!isResting) return <Skeleton h={120} aria-busy role="status" aria-label={t`Creating the account`} />;
  const { id, status, reason } = job.row(0);
  const isDone = status === 'done';
  const rooms = roomsOf(job.row(0));
  const why = reason === '' && 'reason' in snapshot.state ? snapshot.state.reason : reason;
  return (
    <Stack gap="md" ref={place} tabIndex={-1} style={{ outline: 'none' }}>
      <Notice
        tone={isDone ? 'good' : 'warning'}
        role={isDone ? 'status' : 'alert'}
        title={
          isDone ? (
            <Trans>
              <Outside as="id" text={id} /> was created
            </Trans>
          ) : status === 'skipped' ? (
            t`Nothing was created`
          ) : status === 'failed' ? (
            t`The account was not created as planned`
          ) : (
            t`No answer came`
          )
        }
      >
        <bdi>{wordsOf(why)}</bdi>
      </Notice>
      <PasswordsNote job={job} />
      <Group gap="sm">
        {isDone && rooms.length > 0 && (
          <Button
            onClick={() =>
              openWith(paths.joinRooms(), {
                pairs: csvLine(['user', 'room']) + rooms.map((room) => csvLine([id, room])).join(''),
              })
            }
          >
            {t`Join to ${plural(rooms.length, { one: '# room', other: '# rooms' })}…`}
          </Button>
        )}
        {isDone ? (
          <>
            <Button component={Link} to={paths.user(id)} variant="default">
              <Trans>Open user</Trans>
            </Button>
            <Button variant="default" onClick={onAnother}>
              <Trans>Create another user</Trans>
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={onBack}>
            <Trans>Back to the form</Trans>
          </Button>
        )}
        <Button component={Link} to={paths.job(job.id)} variant="default">
          <Trans>Open job</Trans>
        </Button>
      </Group>
    </Stack>
  );
}
