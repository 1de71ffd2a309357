import { Anchor, Checkbox, List, Skeleton, Stack, Text } from '@mantine/core';
import { use, useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { canUndo, undoWords, type AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { asServer, startAction } from '~/job-store/action-jobs';
import { planActionUndo, type UndoPlanned } from '~/job-store/action-plans';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useJob, useNamedJob, useOpened, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { viewOf, type JobView } from '~/entities/job/job-view';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { KeptFocus } from '~/ui/wizard/KeptFocus';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Review } from './Review';
import { wordsOf } from '~/lib/words';

/** What a job changed is put back: each item as its ledger kept it, where nobody changed it since. */
export function UndoJobPage() {
  const { jobId = '' } = useParams();
  const job = useOpened(useNamedJob(jobId));
  const kind = job?.getSnapshot().kind ?? '';
  const action = actionOf(kind);
  const view = viewOf(kind);
  const session = useSession();
  const guarded = action?.guard?.(asServer(session)) ?? null;
  const { Undo } = view ? use(view) : NONE;
  return (
    <Page title="Undo a job">
      {job && (action || Undo) ? (
        !Undo && action && !canUndo(action) ? (
          <EmptyNote title="This can’t be undone">{wordsOf(undoWords(action))}</EmptyNote>
        ) : !Undo && guarded !== null ? (
          <EmptyNote title="This homeserver can’t do that">{wordsOf(guarded)}</EmptyNote>
        ) : isOver(job.getSnapshot()) ? (
          <KeptFocus>
            {Undo ? <Undo key={job.id} job={job} /> : action && <OneUndo key={job.id} job={job} action={action} />}
          </KeptFocus>
        ) : (
          <EmptyNote title="This job is not finished">Let it finish or stop it first, then it can be undone.</EmptyNote>
        )
      ) : (
        <EmptyNote title="This browser knows no such job">
          Jobs are kept in the browser that ran them, and only the account that began one can undo it. External ids can
          also be <Link to={paths.undoFile()}>put back from a backup file</Link>.
        </EmptyNote>
      )}
    </Page>
  );
}

const NONE: Pick<JobView, 'Undo'> = {};

interface Choice {
  takesDoubtful: boolean;
  /** Of the job. Where a row of it was retried or verified since, another plan is needed. */
  version: number;
}

function OneUndo({ job, action }: { job: Job; action: AnyAction }) {
  const session = useSession();
  const signedIn = useSignedInAs(ownerOf(session));
  const { version } = useJob(job);
  const plan = usePlan<Choice, UndoPlanned>(`undo/${job.id}`, { takesDoubtful: false, version });
  const { choice, choose, make, drop, isMaking, planned, problem } = plan;
  const { takesDoubtful } = choice;
  const showJob = useShowJob();
  // Once it runs no new plan is made here: what it finds would be old in a moment. Nor once the admin gave it up.
  const [began, setBegan] = useState(false);
  const isWanted = !began && !isMaking && planned === null && problem === null;
  useEffect(() => {
    choose({ version });
    if (isWanted) make((making) => planActionUndo(action, job, takesDoubtful, session, making));
  }, [version, choose, isWanted, make, action, job, takesDoubtful, session]);
  const { title } = job.getSnapshot();
  const giveUp = () => {
    setBegan(true);
    drop();
  };
  return (
    <PlanStages
      plan={{ ...plan, planned: choice.version === version ? planned : null }}
      signedIn={signedIn}
      reads={() => 'Each item that the job changed is looked at as it is now.'}
      mayGoWithout={() => true}
      look={() => ({ idHeader: 'ID' })}
      onDrop={giveUp}
      cancelTo={paths.job(job.id)}
      problemTitle="The undo could not be planned"
      onRetry={drop}
      otherwise={<Skeleton h={160} aria-busy aria-label="Reading the job" />}
    >
      {(ready) => (
        <Review
          action={action}
          planned={ready}
          sentence={(count) => `Put back ${plural(count, 'change')} of “${wordsOf(title)}”`}
          isUndo
          onRun={(items, count) => {
            const undo = startAction(action, { items, input: null, undoes: { id: job.id, title } }, session, count);
            setBegan(true);
            showJob(undo.id, drop);
          }}
        >
          <Stack gap="xs">
            {ready.newer.length > 0 && (
              <Notice tone="warning" title="Newer jobs changed some of these items again">
                <Text size="sm">Undo the newer jobs first, the newest one first. Then open this page again.</Text>
                <List size="sm">
                  {ready.newer.map(({ id, title: name }) => (
                    <List.Item key={id}>
                      <Anchor component={Link} to={paths.undoJob(id)} inherit>
                        <bdi>{wordsOf(name)}</bdi>
                      </Anchor>
                    </List.Item>
                  ))}
                </List>
              </Notice>
            )}
            {ready.untouched > 0 && (
              <Text size="sm">{`${plural(ready.untouched, 'item')} that changed nothing are not shown.`}</Text>
            )}
            {ready.doubtful > 0 && (
              <Checkbox
                checked={takesDoubtful}
                onChange={(event) => choose({ takesDoubtful: event.currentTarget.checked })}
                label={`Also put back ${plural(ready.doubtful, 'change')} that the job or someone else made`}
                description="A request of the job got no answer, and later the change was there. Nobody can tell who made it."
              />
            )}
          </Stack>
        </Review>
      )}
    </PlanStages>
  );
}
