import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, FileButton, List, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { readBackup } from '~/actions/backup';
import { phraseOf } from '~/actions/titles';
import { removeExternalIds } from '~/actions/user/external-ids';
import { asServer, startAction } from '~/job-store/action-jobs';
import { planUndoOf, type UndoPlanned } from '~/job-store/action-plans';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { isolatedWords } from '~/lib/shown-text';
import { textKey, withValues, type Text as Words } from '~/lib/text';
import { readText } from '~/lib/text-file';
import { EmptyNote } from '~/ui/EmptyNote';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { Review } from './Review';
import { undoSentence } from './undo-sentence';
import { wordsOf } from '~/lib/words';

/** What would be put back, and the title of the job that the file was saved for. */
interface FilePlanned extends UndoPlanned {
  title: Words;
}

interface Problem {
  file: string;
  reasons: readonly Words[];
}

const NO_CHOICE = {};
const UNREADABLE = msg`The file could not be read.`;
const TITLE = /*i18n*/ { id: 'bulk.from-file', message: '{phrase} ({file})' } as const;
const SHOWN = 20;

/** Undoes a job that this browser no longer knows, by the backup file that was saved for it. */
export function UndoFilePage() {
  const { t } = useLingui();
  const session = useSession();
  const guarded = removeExternalIds.guard?.(asServer(session)) ?? null;
  return (
    <Page title={t`Restore external IDs from a backup`}>
      {guarded === null ? <FromFile /> : <EmptyNote title={t`This can’t be done here`}>{wordsOf(guarded)}</EmptyNote>}
    </Page>
  );
}

function FromFile() {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  const signedIn = useSignedInAs(ownerOf(session));
  const [problem, setProblem] = useState<Problem | null>(null);
  const plan = usePlan<object, FilePlanned>('undo-file', NO_CHOICE);
  const { make, drop } = plan;

  const take = async (file: File) => {
    setProblem(null);
    const refuse = (...reasons: Words[]) => setProblem({ file: file.name, reasons });
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) return refuse(UNREADABLE);
    const read = readText(bytes);
    if (!read.ok) return refuse(wordsOf(read.reason));
    const { homeserver, serverName } = session;
    const backup = readBackup(read.text, { baseUrl: homeserver.baseUrl, serverName });
    if ('problems' in backup) return refuse(...backup.problems);
    const { changes, provider, notes } = backup;
    const phrase = phraseOf(removeExternalIds, changes.length, { provider });
    const title = withValues(TITLE, { phrase, file: file.name });
    make((making) =>
      planUndoOf(removeExternalIds, { changes, untouched: 0, notes, takesDoubtful: true }, session, {
        signal: making.signal,
        read: making.read,
        fail: making.fail,
        finish: (made) => making.finish({ ...made, title }),
      }),
    );
  };

  const badFile = isolatedWords(problem?.file ?? '');
  const chooser = (
    <Stack gap="md" align="flex-start">
      <Text size="sm">
        <Trans>
          Choose the backup that Glia saved before it removed external IDs (external-ids-backup….json). Glia then shows
          who would get which IDs back, and which can’t be restored. Choosing a file changes nothing.
        </Trans>
      </Text>
      <FileButton accept=".json,application/json" onChange={(file) => file && void take(file)}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={16} aria-hidden />}>
            <Trans>Choose a backup file…</Trans>
          </Button>
        )}
      </FileButton>
      {problem && (
        <Notice role="alert" tone="danger" title={<bdi>{t`${badFile} can’t be used`}</bdi>}>
          <Text size="sm">
            <Trans>Nothing was changed.</Trans>
          </Text>
          <List size="sm">
            {problem.reasons.slice(0, SHOWN).map((reason) => (
              <List.Item key={textKey(reason)}>
                <bdi>{wordsOf(reason)}</bdi>
              </List.Item>
            ))}
          </List>
          {problem.reasons.length > SHOWN && (
            <Text size="sm">
              <Plural value={problem.reasons.length - SHOWN} one="And # more problem." other="And # more problems." />
            </Text>
          )}
        </Notice>
      )}
    </Stack>
  );
  return (
    <PlanStages
      plan={plan}
      signedIn={signedIn}
      reads={() => t`Glia reads how each user in the file is now, and who has each removed ID.`}
      mayGoWithout={() => true}
      look={() => ({ idHeader: t`User` })}
      onDrop={drop}
      problemTitle={t`The undo could not be planned`}
      afterProblem={chooser}
      otherwise={chooser}
    >
      {(ready) => (
        <Review
          action={removeExternalIds}
          planned={ready}
          sentence={(count) => undoSentence(count, ready.title)}
          isUndo
          onRun={(items, count) => {
            const facts = { items, input: null, undoes: { id: null, title: ready.title } };
            const undo = startAction(removeExternalIds, facts, session, count);
            drop();
            void navigate(paths.job(undo.id));
          }}
        >
          <Button variant="default" size="compact-sm" onClick={drop} style={{ alignSelf: 'flex-start' }}>
            <Trans>Choose another file…</Trans>
          </Button>
        </Review>
      )}
    </PlanStages>
  );
}
