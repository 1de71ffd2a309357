import { Trans } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { useMemo, useSyncExternalStore } from 'react';
import { actionOf } from '~/actions/all';
import { forgetSecrets, heldOf, heldSecrets } from '~/job-store/secrets';
import type { Job } from '~/jobs/job';
import { wordsOf } from '~/lib/words';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { HandedShown } from './HandedShown';

/** On the page of a job whose dialog was left: what an answer handed out is still here, until it is ended or no longer needed. */
export function HandedNote({ job }: { job: Job }) {
  const { kind, version } = useSnapshot(job);
  const secrets = useSyncExternalStore(heldSecrets.subscribe, heldSecrets.get);
  // oxlint-disable-next-line react/exhaustive-deps -- read anew whenever a row or the store changes
  const [held] = useMemo(() => [...heldOf(job)], [job, version, secrets]);
  const hands = actionOf(kind)?.hands;
  if (!hands || !held) return null;
  const forget = () => forgetSecrets(job.id, [held.id]);
  return (
    <>
      <HandedShown job={job} hands={hands} held={held} told={wordsOf(job.row(0).reason)} onEnded={forget} />
      <Group>
        <Button size="xs" variant="default" onClick={forget}>
          <Trans>I have saved it</Trans>
        </Button>
      </Group>
    </>
  );
}
