import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { HomeserverError } from '~/api/errors';
import { logout } from '~/api/homeserver';
import { deleteJob, useJobs } from '~/job-store/jobs';
import { countHeld } from '~/job-store/secrets';
import { countOtherTabs } from '~/data/page-life';
import { signOut, signOutEverywhere, useSession, type Session } from '~/data/session';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { plural } from '~/lib/numbers';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';
import { forgetsIn } from './token-words';
import { wordsOf, wordsOfError } from '~/lib/words';

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
  const jobs = useJobs();
  const otherTabs = useOtherTabs(session);
  const [everywhere, setEverywhere] = useState(true);
  const [endSession, setEndSession] = useState(false);
  const [deleteJobs, setDeleteJobs] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; text: string } | null>(null);
  const host = URL.parse(session.homeserver.baseUrl)?.host ?? session.homeserver.baseUrl;
  // What another tab runs stops only where that tab is signed out, too.
  const open = jobs.filter((job) => !isOver(job) && (!job.elsewhere || everywhere));

  const lost = countHeld();

  const leave = async () => {
    setBusy(true);
    setProblem(null);
    let title = 'Not all jobs could be deleted';
    try {
      if (deleteJobs) for (const { id } of jobs) await deleteJob(id);
      title = 'The session could not be ended on the server';
      if (endSession) await endOnServer(session);
      if (everywhere) await signOutEverywhere();
      else signOut();
    } catch (error) {
      setProblem({ title, text: wordsOfError(error) });
      setDeleteJobs(false);
      setEndSession(false);
      setBusy(false);
    }
  };

  return (
    <Stack>
      <Text size="sm">
        Glia forgets the access token of <Outside as="id" text={session.userId} /> at {host} {forgetsIn(everywhere)}
      </Text>
      {open.length > 0 && (
        <Alert color="orange" variant="light" title={`${plural(open.length, 'job')} not finished`} styles={DARK_TITLE}>
          {open.map(({ id, title }) => (
            <Text key={id} size="sm">
              <bdi>{wordsOf(title)}</bdi>
            </Text>
          ))}
          <Text size="sm" mt="xs">
            {whatHappensTo(open, deleteJobs)}
          </Text>
        </Alert>
      )}
      {lost > 0 && (
        <Alert color="orange" variant="light" title="New passwords are not saved" styles={DARK_TITLE}>
          <Text size="sm">
            {`Signing out loses ${plural(lost, 'new password')} that nobody has saved yet. Save ${lost === 1 ? 'it' : 'them'} first on the page of the job that made ${lost === 1 ? 'it' : 'them'}.`}
          </Text>
        </Alert>
      )}
      {otherTabs > 0 && (
        <Checkbox
          label={`Also sign out ${plural(otherTabs, 'other tab')} of this account`}
          description="Their token is forgotten too, also in tabs that sleep or that the browser could reopen."
          checked={everywhere}
          disabled={busy}
          onChange={(event) => setEverywhere(event.currentTarget.checked)}
        />
      )}
      {jobs.length > 0 && (
        <Checkbox
          label={`Also delete ${plural(jobs.length, 'job')} of ${isolated(session.userId)} from this computer`}
          description={`Otherwise ${jobs.length === 1 ? 'its record stays' : 'their records stay'} in this browser, and whoever uses it can read the user IDs, room IDs and file names. Deleted, they can’t be resumed or undone. Jobs of other accounts and files that you saved stay.`}
          checked={deleteJobs}
          disabled={busy}
          onChange={(event) => setDeleteJobs(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label="Also end this session on the server"
        description={
          session.mas
            ? 'It can’t be done from here: sessions are Matrix Authentication Service’s. End it on its account page, or with mas-cli manage kill-sessions.'
            : 'The token then stops working everywhere: the app that it came from is signed out too. Otherwise it stays valid.'
        }
        checked={endSession}
        disabled={session.mas || busy}
        onChange={(event) => setEndSession(event.currentTarget.checked)}
      />
      {problem !== null && (
        <Alert role="alert" color="red" variant="light" title={problem.title} styles={DARK_TITLE}>
          <Text size="sm">{problem.text}</Text>
          <Text size="sm" mt="xs">
            You are still signed in. You can sign out without it; the token stays valid.
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

const DARK_TITLE = { title: { color: 'var(--mantine-color-text)' } };

/** How many other tabs of this browser are signed in as the same account. */
function useOtherTabs({ homeserver: { baseUrl }, userId }: Session): number {
  const [count, setCount] = useState(0);
  useEffect(() => countOtherTabs({ baseUrl, userId }, setCount), [baseUrl, userId]);
  return count;
}

async function endOnServer(session: Session): Promise<void> {
  try {
    await logout(session.homeserver);
  } catch (error) {
    // Already over: what was asked for is so.
    if (!(error instanceof HomeserverError && error.signedOut)) throw error;
  }
}

function whatHappensTo(open: readonly JobSnapshot[], areDeleted: boolean): string {
  const they = open.length === 1 ? 'It' : 'They';
  const s = open.length === 1 ? 's' : '';
  if (areDeleted)
    return `${they} stop${s} after the requests that were already sent, and ${open.length === 1 ? 'is' : 'are'} deleted.`;
  const pauses = `${they} pause${s} after the requests that were already sent. The same account can resume ${open.length === 1 ? 'it' : 'them'} later.`;
  return open.every(({ kept }) => kept?.ok)
    ? `${pauses} Plan and results are kept in this browser.`
    : `${pauses} Closing or reloading this page loses the results that this browser can’t keep.`;
}
