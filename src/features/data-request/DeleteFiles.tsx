import { Trans } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { USER_DATA } from '~/api/user-data';
import { useSession } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { paths } from '~/lib/paths';
import { wordsOfError } from '~/lib/words';
import { filesIn } from './files';

/** Reads the list of all files of a user, and opens the plan of deleting exactly these. */
export function DeleteFiles({ userId }: { userId: string }) {
  const { homeserver, serverName } = useSession();
  const openWith = useOpenWith();
  const [state, setState] = useState<'idle' | 'reading' | 'none'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const begin = async () => {
    setState('reading');
    setProblem(null);
    try {
      const { data } = await USER_DATA.media(homeserver, userId, new AbortController().signal);
      const ids = filesIn(data, serverName).flatMap(({ mediaId, mxc }) => (mediaId === '' ? [] : [mxc]));
      if (ids.length > 0) openWith(paths.bulk('media.delete'), { media: { ids, userId } });
      else setState('none');
    } catch (error) {
      setProblem(wordsOfError(error));
      setState('idle');
    }
  };
  return (
    <>
      <Button size="xs" variant="default" loading={state === 'reading'} onClick={() => void begin()}>
        <Trans>Delete all files…</Trans>
      </Button>
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
