import { useLingui } from '@lingui/react/macro';
import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { actionJob } from '~/actions/job';
import { deleteMedia } from '~/actions/media/delete';
import { groundFor } from '~/job-store/action-jobs';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, startJob, useSignedInAs } from '~/job-store/jobs';
import { useSession, type Session } from '~/data/session';
import type { Job, JobSpec } from '~/jobs/job';
import { paths } from '~/lib/paths';
import type { Text } from '~/lib/text';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { ChooseStep } from './ChooseStep';
import { firstChoice, handedChoice, ruleText, type Choice } from './choice';
import { exactPlan } from './exact';
import { keptChoice } from './kept-choice';
import { beginPlanning, type Planned } from './planning';
import { ReviewStep } from './ReviewStep';
import { groundOf } from './revive';
import { remoteJob, sweepJob } from './run';
import { titleOf } from './titles';

/** Deletes files of this homeserver, or from the remote media cache, by date. */
export function DeleteMediaWizard() {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  const showJob = useShowJob();
  const [start] = useState(() => firstChoice(Date.now()));
  const plan = usePlan<Choice, Planned>('delete-media', start, keptChoice);
  const { choice, isMaking, planned, problem, choose, make, drop } = plan;
  const signedIn = useSignedInAs(ownerOf(session));
  const hasPlan = isMaking || planned !== null;
  const rule = useMemo(
    () => (hasPlan ? ruleText(choice, session.serverName) : ''),
    [hasPlan, choice, session.serverName],
  );

  useEffect(() => {
    const patch = handedChoice(takeHandover(paths.deleteMedia()));
    if (!patch) return;
    // The admin comes from a list or a page and means these users or this room, not those of an earlier plan.
    drop();
    choose(patch);
  }, [drop, choose]);

  const run = (ready: Planned, count: number) => {
    const job = begin(ready, session, count, rule);
    showJob(job.id, drop);
  };

  return (
    <Wizard
      title={t`Delete media by date`}
      about={
        choice.where === 'remote'
          ? t`Free disk space from cached files that nobody has opened for a long time. They can’t be listed, so you review dates instead of files.`
          : t`Free disk space from files that nobody has opened for a long time. You review each file before anything is deleted.`
      }
      pathOf={paths.deleteMedia}
      blocked={hasPlan || problem !== null ? null : t`Choose what to delete first.`}
    >
      {(step) =>
        step === 'choose' ? (
          <ChooseStep
            choice={choice}
            session={session}
            onChange={choose}
            onNext={() => {
              make((making) => beginPlanning(session, choice, making));
              void navigate(paths.deleteMedia('review'));
            }}
          />
        ) : (
          <PlanStages
            plan={plan}
            signedIn={signedIn}
            reads={(stage) =>
              choice.where === 'room'
                ? t`Glia reads which files the room’s messages name, then each of them, and the avatars of users and rooms. It opens no file.`
                : stage === 'lists'
                  ? t`Glia reads who has files here, and which avatars to look up.`
                  : t`Glia reads each user’s list of files, and the avatars of users and rooms. It opens no file.`
            }
            // Without these lists a plan would be incomplete, and nobody would notice.
            mayGoWithout={(stage) => stage === 'files'}
            onDrop={drop}
            cancelTo={paths.deleteMedia()}
            afterProblem={<StepActions back={{ label: t`Back to choosing`, to: paths.deleteMedia() }} />}
          >
            {(ready) => <ReviewStep planned={ready} rule={rule} onRun={run} />}
          </PlanStages>
        )
      }
    </Wizard>
  );
}

/** Starts the job of a plan, which does exactly that plan. */
function begin(planned: Planned, session: Session, count: number, rule: Text): Job {
  const owner = ownerOf(session);
  const ground = groundOf(owner, session.serverName);
  const titled = <Item,>(spec: JobSpec<Item>): JobSpec<Item> => ({ ...spec, title: titleOf(planned, count, rule) });
  if (planned.kind === 'remote') return startJob(titled(remoteJob(ground, planned.slices)), count);
  const { plan, slices, choice } = planned;
  // Items are months here, while the number that was confirmed counts files.
  if (choice.method === 'sweep') return startJob(titled(sweepJob(ground, plan, slices)), null);
  return startJob(titled(actionJob(deleteMedia, exactPlan(plan, session.serverName), groundFor(owner))), count);
}
