import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useSyncExternalStore } from 'react';
import { actionOf } from '~/actions/all';
import { forgetSecrets, heldOf, heldSecrets } from '~/job-store/secrets';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { toCsv } from '~/lib/csv';
import { plural } from '~/lib/numbers';
import { download, fileName } from '~/ui/download';
import { useSnapshot } from '~/ui/job/use-snapshot';
import { Notice } from '~/ui/Notice';
import { SecretShown } from './SecretShown';

/** Where the secrets of a job are, on its page: to be saved once, or gone. */
export function SecretsNote({ job }: { job: Job }) {
  const snapshot = useSnapshot(job);
  const secrets = useSyncExternalStore(heldSecrets.subscribe, heldSecrets.get);
  const { kind, version } = snapshot;
  // oxlint-disable-next-line react/exhaustive-deps -- read anew whenever a row or the store changes
  const held = useMemo(() => [...heldOf(job)], [job, version, secrets]);
  const secret = actionOf(kind)?.secret;
  if (!secret) return null;
  const [one, many] = secret.noun;
  const isHere = secrets.has(job.id);
  if (!isOver(snapshot)) {
    return (
      <Notice tone="key" title={`The new ${many} are in ${isHere ? 'this page only' : 'another page, or gone'}`}>
        {isHere
          ? `Keep this page open until the job has finished or was stopped, then download the ${many} here.`
          : `They are made in the page that began the job. If that page is closed, they are lost: those that are left can’t be resumed, and start again with a job of their own.`}
      </Notice>
    );
  }
  if (held.length === 0) {
    return snapshot.counts.done + snapshot.counts.unknown > 0 ? (
      <Text size="sm">{`The new ${many} are not here: they were shown or saved, or the page that made them was closed. If nobody saved them, reset them again.`}</Text>
    ) : null;
  }
  const ids = held.map(({ id }) => id);
  const [first] = held;
  if (snapshot.total === 1 && first) {
    return (
      <>
        <SecretShown noun={one} held={first} />
        <Group>
          <Button size="xs" variant="default" onClick={() => forgetSecrets(job.id, ids)}>
            I have saved it
          </Button>
        </Group>
      </>
    );
  }
  const save = () => {
    const rows = held.map(({ id, value, isSure }) => [
      id,
      value,
      isSure ? 'set' : `no answer: either this ${one} is set, or the old one still is`,
    ]);
    download(new Blob([toCsv(['user_id', one, 'state'], rows)], { type: 'text/csv' }), fileName(many, 'csv'));
  };
  const doubtful = held.filter(({ isSure }) => !isSure).length;
  return (
    <Notice tone="key" role="status" title={`Save ${plural(held.length, `new ${one}`, `new ${many}`)} now`}>
      <Text size="sm">
        They are in the memory of this page and nowhere else. Closing the page or signing out loses them. Check that the
        file is there before you say that you have saved them.
      </Text>
      {doubtful > 0 && (
        <Text size="sm">{`For ${plural(doubtful, 'user')} no answer came, and the file says so: either the new ${one} is set, or the old one still is.`}</Text>
      )}
      <Group mt={6}>
        <Button size="xs" leftSection={<IconDownload size={16} aria-hidden />} onClick={save}>
          {`Download ${many} as CSV`}
        </Button>
        <Button size="xs" variant="default" onClick={() => forgetSecrets(job.id, ids)}>
          {ids.length === 1 ? 'I have saved it' : 'I have saved them'}
        </Button>
      </Group>
    </Notice>
  );
}
