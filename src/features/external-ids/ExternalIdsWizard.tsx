import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useDraft } from '~/data/drafts';
import { ownerOf, startJob, useSignedInAs, useWizardJob } from '~/data/jobs';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { parseUserIds } from '~/lib/mxid';
import { Id } from '~/ui/Id';
import { JobPanel } from '~/ui/job/JobPanel';
import type { LedgerLook } from '~/ui/job/LedgerTable';
import { ReportView } from '~/ui/job/ReportView';
import { Notice } from '~/ui/Notice';
import { useJobParam, withJob } from '~/ui/wizard/job-param';
import { Wizard } from '~/ui/wizard/Wizard';
import { canBePutBack } from './before';
import { FIRST_CHOICE, useHandedUsers, type Choice } from './choice';
import { ChooseStep } from './ChooseStep';
import { ConfirmRemoval } from './ConfirmRemoval';
import classes from './external-ids.module.css';
import { planRemoval, type ExternalIdsPlan } from './plan';
import { PlanStep } from './PlanStep';
import { removalSpec } from './run';
import { beginScan, NOT_SCANNED, type ScanState, type Whom } from './scan';
import { Outside } from '~/ui/Outside';

interface Planned {
  plan: ExternalIdsPlan | null;
  savedAs: string | null;
}
const NOT_PLANNED: Planned = { plan: null, savedAs: null };

const LOOK: LedgerLook = {
  idHeader: 'User',
  idCell: (id) => <Id value={id} />,
  cell: (_column, text) => <Outside text={text} className={classes.id} />,
};

const UNDONE = ['removal', 'removals'] as const;

/** The ids of one provider, of all users or some. */
export function ExternalIdsWizard() {
  const session = useSession();
  const owner = ownerOf(session);
  const navigate = useNavigate();
  const handed = useHandedUsers();
  const [choice, choose] = useDraft<Choice>('external-ids/choose', FIRST_CHOICE);
  const [scan, patchScan, forgetScan] = useDraft<ScanState>('external-ids/scan', NOT_SCANNED);
  const [{ plan, savedAs }, patchPlan, forgetPlan] = useDraft<Planned>('external-ids/plan', NOT_PLANNED);
  const job = useWizardJob('external-ids', useJobParam());
  const signedIn = useSignedInAs(owner);

  useEffect(() => {
    if (!handed) return;
    // Whoever comes from the list means these users, not what was read before.
    scan.reading?.cancel();
    forgetScan();
    forgetPlan();
    choose({ handed, whom: 'handed' });
    // Once, for what was handed over to this opening of the wizard.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [handed]);

  const read = (whom: Whom) => {
    scan.reading?.cancel();
    forgetPlan();
    beginScan(session, whom, patchScan);
  };
  const makePlan = () => {
    if (!scan.result || choice.provider === null) return;
    const only = choice.from === 'all' ? null : parseUserIds(choice.some, session.serverName, 'alone').ids;
    patchPlan({
      plan: planRemoval({ scanned: scan.result, provider: choice.provider, only, me: session.userId }),
      savedAs: null,
    });
    void navigate(paths.externalIds('plan'));
  };
  const begin = (ready: ExternalIdsPlan, count: number) => {
    const started = startJob(removalSpec(ready, owner), count);
    void navigate(withJob(paths.externalIds('run'), started.id));
    // A second run needs a second look: what was read is not true any more.
    forgetPlan();
    forgetScan();
  };

  return (
    <Wizard
      title="Remove external ids"
      about="Take the ids of one single sign-on provider away from users. You see each user’s ids before and after."
      pathOf={paths.externalIds}
      blocked={{
        plan: plan ? null : 'Read the users and choose a provider first.',
        confirm: confirmBlocked(plan),
        run: job ? null : 'Nothing runs yet.',
        report: job ? null : 'Nothing ran yet.',
      }}
    >
      {(step) => {
        switch (step) {
          case 'choose':
            return (
              <ChooseStep
                session={session}
                choice={choice}
                scan={scan}
                onChange={(part) => {
                  // A plan is of one choice: another choice needs another plan.
                  forgetPlan();
                  choose(part);
                }}
                onScan={read}
                onForget={() => {
                  scan.reading?.cancel();
                  forgetScan();
                  forgetPlan();
                }}
                onNext={makePlan}
              />
            );
          case 'plan':
            return plan && <PlanStep plan={plan} />;
          case 'confirm':
            return (
              plan && (
                <ConfirmRemoval
                  plan={plan}
                  session={session}
                  savedAs={savedAs}
                  onSaved={(name) => patchPlan({ savedAs: name })}
                  onConfirm={(count) => begin(plan, count)}
                />
              )
            );
          case 'run':
            return (
              job && (
                <JobPanel
                  job={job}
                  signedIn={signedIn}
                  reportTo={withJob(paths.externalIds('report'), job.id)}
                  look={LOOK}
                />
              )
            );
          case 'report':
            return (
              job && (
                <ReportView
                  job={job}
                  signedIn={signedIn}
                  look={LOOK}
                  notes={<ReportNotes />}
                  undo={{ to: withJob(paths.undoExternalIds(), job.id), noun: UNDONE, counts: canBePutBack }}
                />
              )
            );
        }
      }}
    </Wizard>
  );
}

function confirmBlocked(plan: ExternalIdsPlan | null): string | null {
  if (!plan) return 'There is no plan yet.';
  return plan.items.length === 0 ? 'The plan has nothing to do.' : null;
}

/** synapse-admin-api §1.4: removed ids are not taken out of `get_user_by_external_id`'s cache. */
function ReportNotes() {
  return (
    <Notice title="Removed ids may work a little longer">
      Synapse keeps looked-up ids in a cache: a sign-in with a removed id may still find its user until that id was idle
      for 30 minutes, or Synapse is restarted. What this report says was read from the database. Sessions that are
      signed in stay signed in.
    </Notice>
  );
}
