import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSession } from '~/data/session';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { deleteScan, type KeptScan, type ScanChoice } from '~/job-store/user-scans';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { KeptFocus } from '~/ui/wizard/KeptFocus';
import { ChooseScan } from './ChooseScan';
import { FIRST_CHOICE, keptChoice, type Choice } from './choice';
import { dropOlderScans, keptScan, scanKey, type ShownScan } from './kept-scan';
import { beginScan, resumeScan, type ScanResult as Result } from './scan';
import { ScanHeadline } from './ScanHeadline';
import { ScanReading } from './ScanReading';
import { ScanResult } from './ScanResult';

const USERS = { label: msg`Users`, to: paths.users() };

/** Reads each user once, so that users can be filtered by what the list doesn’t say. */
export function ScanUsersPage() {
  const { t } = useLingui();
  const session = useSession();
  const owner = ownerOf(session);
  const client = useQueryClient();
  const signedIn = useSignedInAs(owner);
  const plan = usePlan<Choice, object>('scan-users', FIRST_CHOICE, keptChoice);
  const kept = useQuery(keptScan(owner));
  const { choice, choose, make, drop, reading, isMaking, problem } = plan;
  const show = (shown: ShownScan) => client.setQueryData(scanKey(owner), shown);
  const report = (result: Result) => {
    show({ ...result, elsewhere: false });
    void dropOlderScans(owner, result);
  };
  const begin = (whom: ScanChoice) => {
    choose({ again: false });
    make((making) => beginScan(session, whom, making, report));
  };

  const resume = (scan: KeptScan) => {
    choose(scan.head.choice);
    make((making) => resumeScan(session, scan, making, report));
  };

  return (
    <Page
      title={t`Scan users`}
      parent={USERS}
      about={
        <Trans>
          Find users by what the users list doesn’t show: suspended, no email address, external IDs, sessions, storage.
        </Trans>
      }
    >
      <KeptFocus>
        <Stack gap="md">{body()}</Stack>
      </KeptFocus>
    </Page>
  );

  function body() {
    if (reading) {
      return (
        <ScanReading
          key={reading.job.id}
          reading={reading}
          signedIn={signedIn}
          devices={choice.devices}
          onStop={drop}
        />
      );
    }
    const { data: shown } = kept;
    if (!shown || isMaking) return <Skeleton h={320} aria-busy />;
    const { scan } = shown;
    const failed = problem !== null && (
      <Notice tone="warning" role="alert" title={t`The users could not be scanned`}>
        {problem}
      </Notice>
    );
    if (scan === null || choice.again) {
      return (
        <>
          {failed}
          {scan === null && shown.problem !== null && (
            <Notice tone="warning" title={t`Glia could not look for an earlier scan`}>
              {wordsOf(shown.problem)}{' '}
              {t`You can scan now. If the browser can’t store the result, you can use it until you close this tab.`}
            </Notice>
          )}
          <ChooseScan
            session={session}
            choice={choice}
            onChange={choose}
            onScan={begin}
            {...(scan !== null && { onCancel: () => choose({ again: false }) })}
          />
        </>
      );
    }
    return (
      <Stack gap="sm">
        {failed}
        <ScanHeadline
          scan={scan}
          problem={shown.problem}
          elsewhere={shown.elsewhere}
          onRefresh={() => void kept.refetch()}
          onResume={() => resume(scan)}
          onAgain={() => choose({ ...scan.head.choice, again: true })}
          onDelete={async () => {
            if (shown.problem === null) await deleteScan(scan.head.id);
            show({ scan: null, problem: shown.problem, elsewhere: false });
            // The one before it, if it is still there.
            await client.invalidateQueries({ queryKey: scanKey(owner) });
          }}
        />
        <ScanResult key={scan.head.id} scan={scan} session={session} />
      </Stack>
    );
  }
}
