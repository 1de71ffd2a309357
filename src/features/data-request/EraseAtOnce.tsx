import { plural, t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { changes } from '~/actions/playbook';
import { ERASE_ALL, erasure, whyNoErasure } from '~/actions/playbook/erasure';
import { useSession } from '~/data/session';
import { userDetails } from '~/data/user-details';
import { users } from '~/data/users';
import { asServer } from '~/job-store/action-jobs';
import { startPlaybook } from '~/job-store/playbook-jobs';
import { isCount } from '~/lib/numbers';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { ErrorNote } from '~/ui/ErrorNote';
import { ActsAs } from '~/ui/ActsAs';
import { Id } from '~/ui/Id';
import { NotYetButton } from '~/ui/NotYetButton';
import { Notice } from '~/ui/Notice';
import { useShowJob } from '~/ui/wizard/use-show-job';
import classes from './data-request.module.css';
import { STEPS } from './steps';

/** All steps of an erasure as one job, which continues at its step where it was stopped. */
export function EraseAtOnce({ userId }: { userId: string }) {
  const { t } = useLingui();
  const session = useSession();
  const [opened, setOpened] = useState(false);
  const isOwn = userId === session.userId;
  const reason = isOwn ? t`This is your own account: you would lose access.` : wordsOrNull(session);
  const icon = <IconTrash size={16} aria-hidden />;
  return (
    <>
      {reason === null ? (
        <Button color="red.9" leftSection={icon} onClick={() => setOpened(true)}>
          <Trans>All steps as one job…</Trans>
        </Button>
      ) : (
        <NotYetButton leftSection={icon} reason={reason}>
          <Trans>All steps as one job…</Trans>
        </NotYetButton>
      )}
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t`Erase the account`}
        size="lg"
        centered
        attributes={{ header: { role: 'presentation' } }}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {opened && <Confirm userId={userId} onClose={() => setOpened(false)} />}
      </Modal>
    </>
  );
}

function wordsOrNull(session: Parameters<typeof asServer>[0]): string | null {
  const reason = whyNoErasure(asServer(session));
  return reason === null ? null : wordsOf(reason);
}

function Confirm({ userId, onClose }: { userId: string; onClose(): void }) {
  const { t } = useLingui();
  const session = useSession();
  const showJob = useShowJob();
  const { homeserver } = session;
  const fresh = { staleTime: 0, refetchOnWindowFocus: false } as const;
  const account = useQuery({ ...users.one(homeserver, userId), ...fresh });
  const rooms = useQuery({ ...userDetails.memberships(homeserver, userId), ...fresh });
  const files = useQuery({ ...users.media(homeserver, userId, { limit: 1 }), ...fresh });
  const [typed, setTyped] = useState('');
  const readings = [account, rooms, files];
  const failed = readings.find(({ error }) => error !== null);
  const isRead = readings.every(({ isFetchedAfterMount, data }) => isFetchedAfterMount && data !== undefined);
  const begin = () => {
    const job = startPlaybook(erasure, { targets: [{ id: userId }], input: ERASE_ALL }, session, 1);
    showJob(job.id, onClose);
  };
  const user = isolated(userId);
  return (
    <Stack>
      <ActsAs />
      <Id value={userId} />
      {failed ? (
        <ErrorNote
          title={t`Could not read the account`}
          error={failed.error}
          onRetry={() => void Promise.all(readings.map(({ refetch }) => refetch()))}
        />
      ) : isRead ? (
        <Text size="sm">{touchedWords(rooms.data, files.data?.total ?? Number.NaN)}</Text>
      ) : (
        <Skeleton h={40} aria-busy role="status" aria-label={t`Loading`} />
      )}
      {rooms.data?.areAll === false && (
        <Notice tone="warning" title={t`Only in the rooms that the account is in now`}>
          {t`Only Synapse 1.145 and newer names the rooms that an account has left. Here, messages in such rooms are neither redacted nor checked.`}
        </Notice>
      )}
      <ol className={classes.plan}>
        {erasure.steps(ERASE_ALL).map((step) => {
          const known = STEPS.find(({ key }) => key === step.key);
          const [title, about] = known
            ? [known.title, known.inJob ?? known.about]
            : [step.label, changes(step) ? '' : step.about];
          return (
            <li key={step.key}>
              <b>{wordsOf(title)}</b>: {wordsOf(about)}
            </li>
          );
        })}
      </ol>
      <Notice tone="warning" title={t`This can’t be undone`}>
        {t`If a step fails, the later ones don’t run. The job then says why, and continues there when you retry it.`}
      </Notice>
      <TextInput
        label={t`Type the user ID to confirm`}
        placeholder={userId}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button color="red.9" disabled={!isRead || typed.trim() !== userId} onClick={begin}>
          {t`Erase ${user}`}
        </Button>
      </Group>
    </Stack>
  );
}

function touchedWords(
  { rows, areAll }: { rows: readonly unknown[]; areAll: boolean } = { rows: [], areAll: false },
  files: number,
): string {
  const unknown = t`an unknown number of files`;
  const uploads = isCount(files) ? plural(files, { one: '# file', other: '# files' }) : unknown;
  const rooms = plural(rows.length, { one: '# room', other: '# rooms' });
  return areAll
    ? t`The account is or was in ${rooms}, and has ${uploads}. What it sends or uploads until a step runs is included.`
    : t`The account is in ${rooms}, and has ${uploads}. What it sends or uploads until a step runs is included.`;
}
