import { Trans, useLingui } from '@lingui/react/macro';
import { Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '~/data/session';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { safeStem } from '~/lib/file-names';
import { wordsOfError } from '~/lib/words';
import { fileName } from '~/ui/download';
import { Notice } from '~/ui/Notice';
import { KeptFocus } from '~/ui/wizard/KeptFocus';
import { FIRST_CHOICE, type Choice, type Saved } from './archive';
import { ArchiveReading } from './ArchiveReading';
import { ChooseArchive } from './ChooseArchive';
import { beginArchive } from './make-archive';
import { SavedArchive } from './SavedArchive';
import { chooseTarget } from './target';

/** Chooses what goes into the archive, reads it, and says what is in it. */
export function Archiving({ userId }: { userId: string }) {
  const { t } = useLingui();
  const session = useSession();
  const signedIn = useSignedInAs(ownerOf(session));
  const plan = usePlan<Choice, Saved>(JSON.stringify(['data-request', userId]), FIRST_CHOICE);
  const [problem, setProblem] = useState<string | null>(null);
  const { choice, choose, make, drop, reading, isMaking, planned } = plan;

  const begin = async (expected: number) => {
    setProblem(null);
    const name = fileName(`data-${safeStem(userId)}`, 'zip');
    try {
      const target = await chooseTarget(name, expected);
      if (target) make((making) => beginArchive({ session, userId, choice, fileName: name, target }, making));
    } catch (error) {
      setProblem(wordsOfError(error));
    }
  };
  const failed = problem ?? plan.problem;
  return (
    <KeptFocus>
      <Stack gap="md">
        {reading ? (
          <ArchiveReading key={reading.job.id} reading={reading} signedIn={signedIn} onCancel={drop} />
        ) : isMaking ? (
          <Skeleton h={240} aria-busy role="status" aria-label={t`Loading`} />
        ) : planned ? (
          <SavedArchive saved={planned} onAgain={drop} />
        ) : (
          <>
            {failed !== null && (
              <Notice role="alert" tone="danger" title={t`No archive was saved`}>
                {failed} <Trans>Nothing was changed.</Trans>
              </Notice>
            )}
            <ChooseArchive
              userId={userId}
              choice={choice}
              onChange={choose}
              onMake={(expected) => void begin(expected)}
            />
          </>
        )}
      </Stack>
    </KeptFocus>
  );
}
