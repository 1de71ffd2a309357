import { plural, t } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { HomeserverError } from '~/api/errors';
import { logout } from '~/api/homeserver';
import { deleteJob, ownerOf, useJobs } from '~/job-store/jobs';
import { countHeldBy } from '~/job-store/secrets';
import { countOtherTabs } from '~/data/page-life';
import { sessionOf, signOut, signOutEverywhere, useSession, type Session } from '~/data/session';
import type { JobSnapshot } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { isolated } from '~/lib/shown-text';
import { forgetsIn } from './token-words';
import { wordsOf, wordsOfError } from '~/lib/words';
import { ActsAs } from '~/ui/ActsAs';

export function SignOutDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  return (
    // Mantine's <header>, outside any section, would be a second banner of the page.
    <Modal
      opened={opened}
      onClose={onClose}
      title={t`Sign out`}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {opened && <SignOutForm onClose={onClose} />}
    </Modal>
  );
}

function SignOutForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const session = useSession();
  const jobs = useJobs();
  const otherTabs = useOtherTabs(session);
  // Behind MAS Glia can end what it obtained there, and nothing else.
  const mayEnd = !session.mas || session.oauth !== undefined;
  const [everywhere, setEverywhere] = useState(true);
  const [endSession, setEndSession] = useState(session.isObtained === true && mayEnd);
  const [deleteJobs, setDeleteJobs] = useState(false);
  const hasScan = useHasScan(session);
  const [deleteScan, setDeleteScan] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; text: string } | null>(null);
  const host = URL.parse(session.homeserver.baseUrl)?.host ?? session.homeserver.baseUrl;
  const user = isolated(session.userId);
  // What another tab runs stops only where that tab is signed out, too.
  const open = jobs.filter((job) => !isOver(job) && (!job.elsewhere || everywhere));
  const unfinished = open.length;
  const kept = jobs.length;
  const lost = countHeldBy(ownerOf(session));

  const leave = async () => {
    setBusy(true);
    setProblem(null);
    let title = t`Not all jobs could be deleted`;
    try {
      if (deleteJobs) for (const { id } of jobs) await deleteJob(id);
      title = t`The scan of users could not be deleted`;
      if (deleteScan) await (await scans()).deleteScansOf(ownerOf(session));
      title = t`The session could not be ended on the homeserver`;
      if (endSession) await endOnServer(session);
      if (everywhere) await signOutEverywhere();
      else signOut();
    } catch (error) {
      setProblem({ title, text: wordsOfError(error) });
      setDeleteJobs(false);
      setDeleteScan(false);
      setEndSession(false);
      setBusy(false);
    }
  };

  return (
    <Stack>
      <ActsAs />
      <Text size="sm">{forgetsIn(everywhere, user, host)}</Text>
      {open.length > 0 && (
        <Alert
          color="orange"
          variant="light"
          title={plural(unfinished, { one: '# job is not finished', other: '# jobs are not finished' })}
          styles={DARK_TITLE}
        >
          {open.map(({ id, title }) => (
            <Text key={id} size="sm">
              <bdi>{wordsOf(title)}</bdi>
            </Text>
          ))}
          <Text size="sm" mt="xs">
            {whatHappensTo(unfinished, deleteJobs)} {!deleteJobs && whatIsKept(open)}
          </Text>
        </Alert>
      )}
      {lost > 0 && (
        <Alert color="orange" variant="light" title={t`New passwords are not saved`} styles={DARK_TITLE}>
          <Text size="sm">
            <Plural
              value={lost}
              one="Signing out loses # new password that has not been saved. Save it first, on the page of its job."
              other="Signing out loses # new passwords that have not been saved. Save them first, on the pages of their jobs."
            />
          </Text>
        </Alert>
      )}
      {otherTabs > 0 && (
        <Checkbox
          label={t`Also sign out ${plural(otherTabs, { one: '# other tab', other: '# other tabs' })} of this account`}
          description={t`Glia forgets their tokens too, even in sleeping tabs and in closed tabs that the browser could reopen.`}
          checked={everywhere}
          disabled={busy}
          onChange={(event) => setEverywhere(event.currentTarget.checked)}
        />
      )}
      {jobs.length > 0 && (
        <Checkbox
          label={t`Also delete ${plural(kept, { one: '# job', other: '# jobs' })} of ${user} from this computer`}
          description={t`Otherwise anyone who uses this browser can read what is in them: IDs, names, email addresses, file names and more. Deleted jobs can’t be resumed or undone. Jobs of other accounts and files that you downloaded stay.`}
          checked={deleteJobs}
          disabled={busy}
          onChange={(event) => setDeleteJobs(event.currentTarget.checked)}
        />
      )}
      {hasScan && (
        <Checkbox
          label={t`Also delete the scan of users of ${user} from this computer`}
          description={t`Otherwise anyone who uses this browser can read the user IDs, names, email addresses and external IDs in it.`}
          checked={deleteScan}
          disabled={busy}
          onChange={(event) => setDeleteScan(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label={t`Also end this session on the homeserver`}
        description={
          !mayEnd
            ? t`Glia can’t do this, because Matrix Authentication Service manages the sessions. End it on the account page there, or with mas-cli manage kill-sessions.`
            : session.isObtained
              ? t`Glia made this session when you signed in, and nothing else uses it.`
              : t`The token then stops working everywhere, and the app that it came from is signed out too. Otherwise the token stays valid.`
        }
        checked={endSession}
        disabled={!mayEnd || busy}
        onChange={(event) => setEndSession(event.currentTarget.checked)}
      />
      {problem !== null && (
        <Alert role="alert" color="red" variant="light" title={problem.title} styles={DARK_TITLE}>
          <Text size="sm">{problem.text}</Text>
          <Text size="sm" mt="xs">
            <Trans>You are still signed in. You can sign out without this. The token then stays valid.</Trans>
          </Text>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          <Trans>Cancel</Trans>
        </Button>
        <Button onClick={() => void leave()} loading={busy}>
          <Trans>Sign out</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

const TEXT_COLOR = 'var(--mantine-color-text)';
const DARK_TITLE = { title: { color: TEXT_COLOR } };

/** Loaded where somebody signs out: the sign-in page does without. */
const scans = () => import('~/job-store/user-scans');

/** Whether this account keeps a scan of users in this browser. */
function useHasScan({ homeserver: { baseUrl }, userId }: Session): boolean {
  const [hasScan, setHasScan] = useState(false);
  useEffect(() => {
    const look = async () => setHasScan((await (await scans()).listScans({ baseUrl, userId })).length > 0);
    // A browser that stores nothing has none.
    look().catch(() => undefined);
  }, [baseUrl, userId]);
  return hasScan;
}

/** How many other tabs of this browser are signed in as the same account. */
function useOtherTabs({ homeserver: { baseUrl }, userId }: Session): number {
  const [count, setCount] = useState(0);
  useEffect(() => countOtherTabs({ baseUrl, userId }, setCount), [baseUrl, userId]);
  return count;
}

async function endOnServer(session: Session): Promise<void> {
  // What was renewed last: another token is dead already.
  const latest = () => (sessionOf(ownerOf(session)) ?? session).oauth;
  const oauth = latest();
  if (oauth) {
    await (await import('~/data/oauth-sign-in')).endOAuth(oauth, latest);
    return;
  }
  try {
    await logout(session.homeserver);
  } catch (error) {
    // Already over: what was asked for is so.
    if (!(error instanceof HomeserverError && error.signedOut)) throw error;
  }
}

const whatHappensTo = (open: number, areDeleted: boolean): string =>
  areDeleted
    ? plural(open, {
        one: 'It stops after the requests that were already sent, and is deleted.',
        other: 'They stop after the requests that were already sent, and are deleted.',
      })
    : plural(open, {
        one: 'It pauses after the requests that were already sent. The same account can resume it later.',
        other: 'They pause after the requests that were already sent. The same account can resume them later.',
      });

const whatIsKept = (open: readonly JobSnapshot[]): string =>
  open.every(({ kept }) => kept?.ok)
    ? t`Plan and results are saved in this browser.`
    : t`Closing or reloading this page loses the results, because this browser can’t keep them.`;
