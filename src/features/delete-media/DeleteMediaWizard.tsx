import { useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { deleteMedia } from '~/actions/media/delete';
import { startAction } from '~/job-store/action-jobs';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, startJob, useSignedInAs } from '~/job-store/jobs';
import { useSession, type Session } from '~/data/session';
import type { Job, JobSpec } from '~/jobs/job';
import { paths, type WizardStep } from '~/lib/paths';
import { ScanProgress } from '~/ui/wizard/ScanProgress';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { ChooseStep } from './ChooseStep';
import { firstChoice, ruleWords, type Choice } from './choice';
import { ConfirmDeletion } from './ConfirmDeletion';
import { exactPlan } from './exact';
import { beginPlanning, type Planned } from './planning';
import { PlanStep } from './PlanStep';
import { groundOf } from './revive';
import { wordsOf } from '~/lib/words';
import { remoteJob, sweepJob } from './run';

/** Local files and the remote cache, by date. */
export function DeleteMediaWizard() {
  const session = useSession();
  const navigate = useNavigate();
  const showJob = useShowJob();
  const [start] = useState(() => firstChoice(Date.now()));
  const { choice, isMaking, reading, planned, choose, make, drop } = usePlan<Choice, Planned>('delete-media', start);
  const signedIn = useSignedInAs(ownerOf(session));
  const hasPlan = isMaking || planned !== null;
  const rule = useMemo(
    () => (hasPlan ? ruleWords(choice, session.serverName) : ''),
    [hasPlan, choice, session.serverName],
  );

  useEffect(() => {
    const { users } = takeHandover();
    if (!users) return;
    // Whoever comes from a list or a user's page means these users, not what was planned before.
    drop();
    choose({ where: 'local', whose: 'handed', handed: users, method: 'exact' });
  }, [drop, choose]);

  const confirm = (ready: Planned, count: number) => {
    const run = begin(ready, session, count, rule);
    showJob(run.id, drop);
  };

  return (
    <Wizard
      title="Delete media by date"
      about={`Free the disk from files that nobody has opened for a long time. ${
        choice.where === 'remote'
          ? 'Copies of other servers’ files can’t be listed: you see the dates before anything is deleted.'
          : 'You see each of them before anything is deleted.'
      }`}
      pathOf={paths.deleteMedia}
      rule={hasPlan ? `${choice.where === 'remote' ? 'Remote cache' : 'Local media'}: ${rule}` : null}
      blocked={{
        plan: hasPlan ? null : 'Choose what to delete first.',
        confirm: planned ? null : 'There is no plan yet.',
      }}
    >
      {(step: WizardStep) => {
        switch (step) {
          case 'choose':
            return (
              <ChooseStep
                choice={choice}
                session={session}
                onChange={choose}
                onNext={() => {
                  make((making) => beginPlanning(session, choice, making));
                  void navigate(paths.deleteMedia('plan'));
                }}
              />
            );
          case 'plan':
            if (planned) return <PlanStep planned={planned} />;
            return (
              reading && (
                <ScanProgress
                  key={reading.job.id}
                  reading={reading}
                  signedIn={signedIn}
                  onCancel={() => {
                    drop();
                    void navigate(paths.deleteMedia('choose'));
                  }}
                  // Without its lists a plan would silently leave things out.
                  mayGoWithout={reading.stage === 'files'}
                >
                  {reading.stage === 'lists'
                    ? 'Who owns media here, and which pictures to look up.'
                    : 'The files of each owner, 1,000 a request, and the pictures of users and rooms. No file is opened.'}
                </ScanProgress>
              )
            );
          case 'confirm':
            return (
              planned && (
                <ConfirmDeletion planned={planned} session={session} onConfirm={(count) => confirm(planned, count)} />
              )
            );
        }
      }}
    </Wizard>
  );
}

/** The run of a plan: that plan and nothing else. */
function begin(planned: Planned, session: Session, count: number, rule: string): Job {
  const owner = ownerOf(session);
  const ground = groundOf(owner, session.serverName);
  const titled = <Item,>(spec: JobSpec<Item>): JobSpec<Item> => ({ ...spec, title: `${wordsOf(spec.title)}: ${rule}` });
  if (planned.kind === 'remote') return startJob(titled(remoteJob(ground, planned.slices)), count);
  const { plan, slices, choice } = planned;
  return choice.method === 'sweep'
    ? // An item is a slice of time here, and the number that was confirmed counts files.
      startJob(titled(sweepJob(ground, plan, slices)), null)
    : startAction(deleteMedia, { ...exactPlan(plan, session.serverName), rule }, session, count);
}
