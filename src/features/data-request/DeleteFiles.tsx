import { Trans } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { deleteMedia } from '~/actions/media/delete';
import { USER_DATA } from '~/api/user-data';
import { useSession } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { whyNotBegin } from '~/job-store/action-jobs';
import { paths } from '~/lib/paths';
import { wordsOf, wordsOfError } from '~/lib/words';
import { NotYetButton } from '~/ui/NotYetButton';
import { useWhileShown } from '~/ui/use-while-shown';
import { filesIn } from './files';

/** Reads the list of all files of a user, and opens the plan of deleting exactly these. */
export function DeleteFiles({ userId }: { userId: string }) {
  const session = useSession();
  const { homeserver, serverName } = session;
  const whileShown = useWhileShown(userId);
  const openWith = useOpenWith();
  const [state, setState] = useState<'idle' | 'reading' | 'none'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const reason = whyNotBegin(deleteMedia.kind, session);
  const begin = async () => {
    const signal = whileShown();
    setState('reading');
    setProblem(null);
    try {
      const { data } = await USER_DATA.media(homeserver, userId, signal);
      if (signal.aborted) return;
      const ids = filesIn(data, serverName).flatMap(({ mediaId, mxc }) => (mediaId === '' ? [] : [mxc]));
      if (ids.length > 0) openWith(paths.bulk(deleteMedia.kind), { media: { ids, userId } });
      else setState('none');
    } catch (error) {
      if (signal.aborted) return;
      setProblem(wordsOfError(error));
      setState('idle');
    }
  };
  return (
    <>
      {reason === null ? (
        <Button size="xs" variant="default" loading={state === 'reading'} onClick={() => void begin()}>
          <Trans>Delete all files…</Trans>
        </Button>
      ) : (
        <NotYetButton size="xs" variant="default" reason={wordsOf(reason)}>
          <Trans>Delete all files…</Trans>
        </NotYetButton>
      )}
      {state === 'none' && (
        <Text size="xs" role="status">
          <Trans>The user has no files.</Trans>
        </Text>
      )}
      {problem !== null && (
        <Text size="xs" role="alert" c="red.9">
          {problem}
        </Text>
      )}
    </>
  );
}
