import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { verdictOf } from '~/actions/plan';
import { saysNotSetUp, sendNotice, type NoticeInput } from '~/actions/user/notice';
import { send } from '~/api/ask';
import { useSession, type Session } from '~/data/session';
import { beginOne, HEADS, type OneResult } from '~/entities/action/run-one';
import { asServer } from '~/job-store/action-jobs';
import { paths } from '~/lib/paths';
import { TextError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';
import { ActsAs } from '~/ui/ActsAs';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import { NotYetButton } from '~/ui/NotYetButton';
import { SetUpNote } from './SetUpNote';

/** Sends the notice to oneself, as a job with one item, and says how that went. */
export function TestNotice({ input, reason }: { input: NoticeInput | null; reason: string | null }) {
  const { t } = useLingui();
  const session = useSession();
  const guarded = sendNotice.guard?.(asServer(session)) ?? null;
  const { mutate, isPending, data, error, variables } = useMutation({
    mutationFn: (given: NoticeInput) => sendToMyself(given, session),
  });
  return (
    <Stack gap="sm">
      <ActsAs />
      <Group gap="sm" wrap="wrap">
        {input === null || guarded !== null ? (
          <NotYetButton variant="default" reason={guarded === null ? (reason ?? '') : wordsOf(guarded)}>
            <Trans>Send a test to yourself</Trans>
          </NotYetButton>
        ) : (
          <Button variant="default" loading={isPending} onClick={() => mutate(input)}>
            <Trans>Send a test to yourself</Trans>
          </Button>
        )}
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          <Trans>Only a test shows whether server notices are set up: Glia can’t ask Synapse about that.</Trans>
        </Text>
      </Group>
      {error !== null && (
        <ErrorNote title={t`The test was not sent`} error={error} onRetry={() => variables && mutate(variables)} />
      )}
      {data && !isPending && <TestResult result={data} />}
    </Stack>
  );
}

function TestResult({ result: { job, status, reason } }: { result: OneResult }) {
  const { t } = useLingui();
  if (saysNotSetUp(reason)) return <SetUpNote />;
  const isDone = status === 'done';
  return (
    <Notice
      tone={isDone ? 'good' : 'warning'}
      role="status"
      title={
        isDone
          ? t`Sent. Check your Matrix client`
          : status === 'failed'
            ? t`The test was not delivered`
            : wordsOf(HEADS[status])
      }
    >
      <Text size="sm">
        <bdi>{wordsOf(reason)}</bdi>{' '}
        <Anchor component={Link} to={paths.job(job.id)} inherit underline="always">
          <Trans>Open job</Trans>
        </Anchor>
      </Text>
    </Notice>
  );
}

async function sendToMyself(input: NoticeInput, session: Session): Promise<OneResult> {
  const { homeserver, userId } = session;
  const seen = await send(homeserver, sendNotice.look(userId, asServer(session)));
  const found = verdictOf(sendNotice, userId, seen, input, userId);
  if (found.verdict !== 'will') throw new TextError(found.reason);
  return beginOne(sendNotice, { item: found.item, input }, session).ended;
}
