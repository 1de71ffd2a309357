import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { errorSentence, HomeserverError } from '~/api/errors';
import { logout } from '~/api/homeserver';
import { useJobs } from '~/data/jobs';
import { signOut, useSession } from '~/data/session';
import { isOver } from '~/jobs/phase';
import { plural } from '~/lib/numbers';
import { Outside } from '~/ui/Outside';

export function SignOutDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    // Mantine's <header>, outside any section, would be a second banner of the page.
    <Modal
      opened={opened}
      onClose={onClose}
      title="Sign out"
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {opened && <SignOutForm onClose={onClose} />}
    </Modal>
  );
}

function SignOutForm({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const open = useJobs().filter((job) => !isOver(job) && !job.elsewhere);
  const allKept = open.every(({ kept }) => kept?.ok);
  const [endSession, setEndSession] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const leave = async () => {
    if (!endSession) {
      signOut();
      return;
    }
    setBusy(true);
    try {
      await logout(session.homeserver);
      signOut();
    } catch (error) {
      // Already over: what was asked for is so.
      if (error instanceof HomeserverError && error.signedOut) signOut();
      else {
        setProblem(errorSentence(error));
        setEndSession(false);
        setBusy(false);
      }
    }
  };

  return (
    <Stack>
      <Text size="sm">
        Glia forgets the access token of <Outside as="id" text={session.userId} />.
      </Text>
      {open.length > 0 && (
        <Alert
          color="orange"
          variant="light"
          title={`${plural(open.length, 'job')} not over`}
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          {open.map(({ id, title }) => (
            <Text key={id} size="sm">
              {title}
            </Text>
          ))}
          <Text size="sm" mt="xs">
            {open.length === 1 ? 'It pauses' : 'They pause'} after what is in flight, and can go on when the same
            account signs in again.{' '}
            {allKept
              ? 'Plan and ledger are kept in this browser.'
              : 'Closing or reloading the page loses a ledger that this browser can’t keep.'}
          </Text>
        </Alert>
      )}
      <Checkbox
        label="Also end this session on the server"
        description={
          session.mas
            ? 'It can’t be done from here: sessions are Matrix Authentication Service’s. End it on its account page, or with mas-cli manage kill-sessions.'
            : 'The token is then dead everywhere: the app that it came from is signed out too. Otherwise it stays good.'
        }
        checked={endSession}
        disabled={session.mas || busy}
        onChange={(event) => setEndSession(event.currentTarget.checked)}
      />
      {problem !== null && (
        <Alert
          role="alert"
          color="red"
          variant="light"
          title="The session could not be ended on the server"
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          <Text size="sm">{problem}</Text>
          <Text size="sm" mt="xs">
            You can still sign out here; the token stays good.
          </Text>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button onClick={() => void leave()} loading={busy}>
          Sign out
        </Button>
      </Group>
    </Stack>
  );
}
