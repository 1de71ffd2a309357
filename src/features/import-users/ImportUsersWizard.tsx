import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import type { AccountItem } from '~/actions/account-job';
import { useSession } from '~/data/session';
import { startAccounts } from '~/job-store/account-jobs';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { paths } from '~/lib/paths';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { ChooseStep } from './ChooseStep';
import { FIRST_CHOICE, keptChoice, makerOf, type Choice } from './choice';
import { ReviewStep } from './ReviewStep';
import { beginImport, type Planned, type Stage } from './scan';

/** Many users out of a file: created, updated, or both. */
export function ImportUsersWizard() {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  const showJob = useShowJob();
  const plan = usePlan<Choice, Planned>('import-users', FIRST_CHOICE, keptChoice);
  const { choice, isMaking, planned, problem, choose, drop } = plan;
  const signedIn = useSignedInAs(ownerOf(session));
  const hasPlan = isMaking || planned !== null;
  // The text may hold passwords: once the job has them, the page forgets it.
  const begin = (items: readonly AccountItem[], count: number, given: ReadonlyMap<string, string>) => {
    const job = startAccounts({ kind: 'import-users', items }, session, count, given);
    showJob(job.id, () => {
      drop();
      choose({ text: '', fileName: '', mapping: null, completes: false });
    });
  };
  const READS: Readonly<Record<Stage, string>> = {
    list: t`Glia reads the list of users, with one request per 1,000 users.`,
    users: t`Glia looks up users in the file, with one request per user.`,
    mas: t`Glia looks up the new usernames in MAS, with one request each.`,
    holders: t`Glia looks up whether other accounts have the addresses and external IDs.`,
  };
  return (
    <Wizard
      title={t`Import users`}
      about={t`Create and update users from a CSV file. You see every change before it happens.`}
      pathOf={paths.importUsers}
      blocked={hasPlan || problem !== null ? null : t`Choose a file first.`}
    >
      {(step) =>
        step === 'choose' ? (
          <ChooseStep
            choice={choice}
            session={session}
            onChange={choose}
            onNext={(accounts, unused) => {
              const { passwords, weak } = choice;
              const mode = makerOf(session) === 'nobody' ? 'update' : choice.mode;
              plan.make((making) => beginImport(session, accounts, { mode, passwords, weak, unused }, making));
              void navigate(paths.importUsers('review'));
            }}
          />
        ) : (
          <PlanStages
            plan={plan}
            signedIn={signedIn}
            reads={(stage) => READS[stage as Stage]}
            mayGoWithout={() => true}
            onDrop={drop}
            cancelTo={paths.importUsers()}
            afterProblem={<StepActions back={{ label: t`Back to choosing`, to: paths.importUsers() }} />}
          >
            {(ready) => (
              <ReviewStep
                planned={ready}
                backTo={paths.importUsers('choose')}
                onRun={(items, count) => begin(items, count, ready.given)}
              />
            )}
          </PlanStages>
        )
      }
    </Wizard>
  );
}
