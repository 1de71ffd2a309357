import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Checkbox, List, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { use, useEffect, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { canUndo, undoWords, type AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { actionHere, asServer, startAction } from '~/job-store/action-jobs';
import { planActionUndo, type UndoPlanned } from '~/job-store/action-plans';
import { stepsToUndoOf } from '~/job-store/playbook-undo';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useJob, useNamedJob, useOpened, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { viewOf, type JobView } from '~/entities/job/job-view';
import type { Job } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { KeptFocus } from '~/ui/wizard/KeptFocus';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Review } from './Review';
import { undoSentence } from './undo-sentence';
import { wordsOf } from '~/lib/words';

/** Undoes a job: each item gets the state back that the job found, where nobody changed it since. */
export function UndoJobPage() {
  const { t } = useLingui();
  const { jobId = '' } = useParams();
  const job = useOpened(useNamedJob(jobId));
  const kind = job?.getSnapshot().kind ?? '';
  const session = useSession();
  const known = actionOf(kind);
  const action = known && actionHere(known, session);
  const view = viewOf(kind);
  const guarded = action?.guard?.(asServer(session)) ?? null;
  const { Undo } = view ? use(view) : NONE;
  const [search] = useSearchParams();
  const step = search.get('step');
  if (job && step !== null) return <StepUndo key={`${job.id} ${step}`} job={job} stepKey={step} />;
  return (
    <Page title={t`Undo a job`}>
      {job && (action || Undo) ? (
        !Undo && action && !canUndo(action) ? (
          <EmptyNote title={t`This can’t be undone`}>{wordsOf(undoWords(action))}</EmptyNote>
        ) : !Undo && guarded !== null ? (
          <EmptyNote title={t`This can’t be done here`}>{wordsOf(guarded)}</EmptyNote>
        ) : isOver(job.getSnapshot()) ? (
          <KeptFocus>
            {Undo ? <Undo key={job.id} job={job} /> : action && <OneUndo key={job.id} job={job} action={action} />}
          </KeptFocus>
        ) : (
          <EmptyNote title={t`This job has not finished`}>
            <Trans>Let it finish, or stop it. Then you can undo it.</Trans>
          </EmptyNote>
        )
      ) : (
        <EmptyNote title={t`This job is not in this browser`}>
          <Trans>
            Jobs are saved in the browser that ran them, and only the account that started a job can undo it. External
            IDs can also be{' '}
            <Anchor component={Link} to={paths.undoFile()} underline="always" inherit>
              restored from a backup file
            </Anchor>
            .
          </Trans>
        </EmptyNote>
      )}
    </Page>
  );
}

/** One step of a job that has several. */
function StepUndo({ job, stepKey }: { job: Job; stepKey: string }) {
  const { t } = useLingui();
  const session = useSession();
  const { data: steps } = useQuery(stepsToUndoOf(job));
  const step = steps?.find(({ key }) => key === stepKey);
  const action = step && actionHere(step.action, session);
  const guarded = action?.guard?.(asServer(session)) ?? null;
  return (
    <Page title={t`Undo a step of a job`}>
      {steps === undefined ? (
        <Skeleton h={160} aria-busy role="status" aria-label={t`Reading the job`} />
      ) : !action ? (
        <EmptyNote title={t`This can’t be undone`}>
          <Trans>This browser does not keep the plan of the job, or the job has no such step.</Trans>
        </EmptyNote>
      ) : guarded !== null ? (
        <EmptyNote title={t`This can’t be done here`}>{wordsOf(guarded)}</EmptyNote>
      ) : isOver(job.getSnapshot()) ? (
        <KeptFocus>
          <OneUndo job={job} action={action} step={stepKey} />
        </KeptFocus>
      ) : (
        <EmptyNote title={t`This job has not finished`}>
          <Trans>Let it finish, or stop it. Then you can undo it.</Trans>
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

function OneUndo({ job, action, step }: { job: Job; action: AnyAction; step?: string }) {
  const { t } = useLingui();
  const session = useSession();
  const signedIn = useSignedInAs(ownerOf(session));
  const { version } = useJob(job);
  const plan = usePlan<Choice, UndoPlanned>(step === undefined ? `undo/${job.id}` : `undo/${job.id}/${step}`, {
    takesDoubtful: false,
    version,
  });
  const { choice, choose, make, drop, isMaking, planned, problem } = plan;
  const { takesDoubtful } = choice;
  const showJob = useShowJob();
  // Once it runs no new plan is made here: what it finds would be old in a moment. Nor once the admin gave it up.
  const [began, setBegan] = useState(false);
  const isWanted = !began && !isMaking && planned === null && problem === null;
  useEffect(() => {
    choose({ version });
    if (isWanted) {
      const from = step === undefined ? job : { of: job, step };
      make((making) => planActionUndo(action, from, takesDoubtful, session, making));
    }
  }, [version, choose, isWanted, make, action, job, step, takesDoubtful, session]);
  const { title } = job.getSnapshot();
  const giveUp = () => {
    setBegan(true);
    drop();
  };
  return (
    <PlanStages
      plan={{ ...plan, planned: choice.version === version ? planned : null }}
      signedIn={signedIn}
      reads={() => t`Glia reads how each item that the job changed is now.`}
      mayGoWithout={() => true}
      look={() => ({ idHeader: 'ID' })}
      onDrop={giveUp}
      cancelTo={paths.job(job.id)}
      problemTitle={t`The undo could not be planned`}
      onRetry={drop}
      otherwise={<Skeleton h={160} aria-busy role="status" aria-label={t`Reading the job`} />}
    >
      {(ready) => (
        <Review
          action={action}
          planned={ready}
          sentence={(count) => undoSentence(count, title)}
          isUndo
          onRun={(items, count) => {
            const undo = startAction(action, { items, input: null, undoes: { id: job.id, title } }, session, count);
            setBegan(true);
            showJob(undo.id, drop);
          }}
        >
          <Stack gap="xs">
            {ready.newer.length > 0 && (
              <Notice tone="warning" title={t`Newer jobs changed some of these items again`}>
                <Text size="sm">
                  <Trans>Undo these jobs first, starting with the newest. Then open this page again.</Trans>
                </Text>
                <List size="sm">
                  {ready.newer.map((newer) => (
                    <List.Item key={newer.id}>
                      <Anchor component={Link} to={paths.undoJob(newer.id)} inherit>
                        <bdi>{wordsOf(newer.title)}</bdi>
                      </Anchor>
                    </List.Item>
                  ))}
                </List>
              </Notice>
            )}
            {ready.untouched > 0 && (
              <Text size="sm">
                <Plural
                  value={ready.untouched}
                  one="# item that was not changed is not shown."
                  other="# items that were not changed are not shown."
                />
              </Text>
            )}
            {ready.doubtful > 0 && (
              <Checkbox
                checked={takesDoubtful}
                onChange={(event) => choose({ takesDoubtful: event.currentTarget.checked })}
                label={t`${plural(ready.doubtful, {
                  one: 'Also undo # change that the job or someone else made',
                  other: 'Also undo # changes that the job or someone else made',
                })}`}
                description={t`A request of the job got no answer, and later the change was there. Glia can’t tell who made it.`}
              />
            )}
          </Stack>
        </Review>
      )}
    </PlanStages>
  );
}
