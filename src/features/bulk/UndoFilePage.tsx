import { Button, FileButton, List, Stack, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { readBackup } from '~/actions/backup';
import { countOf, phraseOf } from '~/actions/job';
import { removeExternalIds } from '~/actions/user/external-ids';
import { asServer, startAction } from '~/job-store/action-jobs';
import { planUndoOf, type UndoPlanned } from '~/job-store/action-plans';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { isolatedWords } from '~/lib/shown-text';
import { readText } from '~/lib/text-file';
import { EmptyNote } from '~/ui/EmptyNote';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { Review } from './Review';
import { wordsOf } from '~/lib/words';

/** What would be put back, and the title of the job that the file was saved for. */
interface FilePlanned extends UndoPlanned {
  title: string;
}

interface Problem {
  file: string;
  reasons: readonly string[];
}

const NO_CHOICE = {};
const SHOWN = 20;

/** Undoes a job that this browser no longer knows, by the backup file that was saved for it. */
export function UndoFilePage() {
  const session = useSession();
  const guarded = removeExternalIds.guard?.(asServer(session)) ?? null;
  return (
    <Page title="Put back from a backup file">
      {guarded === null ? (
        <FromFile />
      ) : (
        <EmptyNote title="This homeserver can’t do that">{wordsOf(guarded)}</EmptyNote>
      )}
    </Page>
  );
}

function FromFile() {
  const session = useSession();
  const navigate = useNavigate();
  const signedIn = useSignedInAs(ownerOf(session));
  const [problem, setProblem] = useState<Problem | null>(null);
  const plan = usePlan<object, FilePlanned>('undo-file', NO_CHOICE);
  const { make, drop } = plan;

  const take = async (file: File) => {
    setProblem(null);
    const refuse = (...reasons: string[]) => setProblem({ file: file.name, reasons });
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null) return refuse('It could not be read.');
    const read = readText(bytes);
    if (!read.ok) return refuse(wordsOf(read.reason));
    const { homeserver, serverName } = session;
    const backup = readBackup(read.text, { baseUrl: homeserver.baseUrl, serverName });
    if ('problems' in backup) return refuse(...backup.problems);
    const { changes, provider, notes } = backup;
    const phrase = phraseOf(removeExternalIds, countOf(removeExternalIds, changes.length), { provider });
    const title = `${wordsOf(phrase)} (${isolatedWords(file.name)})`;
    make((making) =>
      planUndoOf(removeExternalIds, { changes, untouched: 0, notes, takesDoubtful: true }, session, {
        signal: making.signal,
        read: making.read,
        fail: making.fail,
        finish: (made) => making.finish({ ...made, title }),
      }),
    );
  };

  const chooser = (
    <Stack gap="md" align="flex-start">
      <Text size="sm">
        Choose the file that Glia saved before external IDs were removed (external-ids-backup.json). The plan shows who
        would get which IDs back, who changed since, and who holds an ID now. Nothing is changed by choosing a file.
      </Text>
      <FileButton accept=".json,application/json" onChange={(file) => file && void take(file)}>
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={16} aria-hidden />}>
            Choose a backup file…
          </Button>
        )}
      </FileButton>
      {problem && (
        <Notice role="alert" tone="danger" title={<bdi>{`${isolatedWords(problem.file)} can’t be used`}</bdi>}>
          <Text size="sm">Nothing was changed, and nothing of the file is used.</Text>
          <List size="sm">
            {problem.reasons.slice(0, SHOWN).map((reason) => (
              <List.Item key={reason}>
                <bdi>{reason}</bdi>
              </List.Item>
            ))}
          </List>
          {problem.reasons.length > SHOWN && (
            <Text size="sm">{`And ${plural(problem.reasons.length - SHOWN, 'more problem')}.`}</Text>
          )}
        </Notice>
      )}
    </Stack>
  );
  return (
    <PlanStages
      plan={plan}
      signedIn={signedIn}
      reads={() => 'Each user in the file is looked at, and who holds each removed ID now.'}
      mayGoWithout={() => true}
      look={() => ({ idHeader: 'User' })}
      onDrop={drop}
      problemTitle="The undo could not be planned"
      afterProblem={chooser}
      otherwise={chooser}
    >
      {(ready) => (
        <Review
          action={removeExternalIds}
          planned={ready}
          sentence={(count) => `Put back ${plural(count, 'change')} of “${ready.title}”`}
          isUndo
          onRun={(items, count) => {
            const facts = { items, input: null, undoes: { id: null, title: ready.title } };
            const undo = startAction(removeExternalIds, facts, session, count);
            drop();
            void navigate(paths.job(undo.id));
          }}
        >
          <Button variant="default" size="compact-sm" onClick={drop} style={{ alignSelf: 'flex-start' }}>
            Choose another file…
          </Button>
        </Review>
      )}
    </PlanStages>
  );
}
