import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { errorSentence } from '~/api/errors';
import { signIn, signOut, type Session } from '~/data/session';
import { openSession } from './open-session';

/** The token ran out: a new one for the same account, over the page as it stands. */
export function SignInAgain({ session, reason }: { session: Session; reason: string }) {
  const [token, setToken] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    try {
      const next = await openSession({ baseUrl: session.homeserver.baseUrl, token: token.trim() }, session.demo);
      if (next.userId === session.userId) signIn(next, 'tab');
      else setError(`This token is ${next.userId}’s; this page works as ${session.userId}.`);
    } catch (thrown) {
      setError(errorSentence(thrown));
    }
  };
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="Sign in again">
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Text size="sm">{reason}</Text>
          <PasswordInput
            label="Access token"
            autoComplete="off"
            value={token}
            error={error}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={signOut}>
              Sign out
            </Button>
            <Button type="submit">Sign in</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
