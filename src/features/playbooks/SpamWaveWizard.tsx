import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { spamWave, type SpamInput } from '~/actions/playbook/spam-wave';
import { takeHandover } from '~/data/handover';
import { useSession } from '~/data/session';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { startPlaybook } from '~/job-store/playbook-jobs';
import { paths } from '~/lib/paths';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { planAccounts, requestsPerAccount, type AccountsPlanned } from './accounts';
import { FIRST_SPAM, keptSpam, type SpamChoice } from './choice';
import { ChooseAccounts } from './ChooseAccounts';
import { ReviewAccounts } from './ReviewAccounts';

/** Cleans up after accounts that were made to send spam: choose them, review, run. */
export function SpamWaveWizard() {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  const showJob = useShowJob();
  const signedIn = useSignedInAs(ownerOf(session));
  const requests = requestsPerAccount(session);
  const plan = usePlan<SpamChoice, AccountsPlanned<SpamInput>>('playbooks/spam-wave', FIRST_SPAM, keptSpam);
  const { choice, choose, make, drop, isMaking, planned, problem } = plan;
  useEffect(() => {
    const { users } = takeHandover(paths.spamWave());
    if (!users) return;
    drop();
    choose({ handed: users, from: 'handed' });
  }, [choose, drop]);
  return (
    <Wizard
      title={t`Clean up a spam wave`}
      about={t`Locks the accounts, redacts their messages, removes their files and deactivates them, step by step for each account.`}
      pathOf={paths.spamWave}
      blocked={isMaking || planned || problem !== null ? null : t`Choose the accounts first.`}
    >
      {(step) =>
        step === 'choose' ? (
          <ChooseAccounts
            session={session}
            choice={choice}
            onChange={choose}
            onPlan={(accounts, input) => {
              make((making) => planAccounts(accounts, input, session, making));
              void navigate(paths.spamWave('review'));
            }}
          />
        ) : (
          <PlanStages
            plan={plan}
            signedIn={signedIn}
            reads={(stage) =>
              stage === 'list'
                ? t`Glia first reads the list of users, with one request per 1,000 users.`
                : stage === 'reports'
                  ? t`Glia first reads who was reported.`
                  : t`Glia reads each account with its rooms and files, with up to ${requests} requests per account. An IP address costs one more.`
            }
            mayGoWithout={(stage) => stage === 'items'}
            look={(stage) => ({ idHeader: stage === 'items' ? t`User` : t`Page` })}
            onDrop={drop}
            cancelTo={paths.spamWave('choose')}
            afterProblem={<StepActions back={{ label: t`Back to choosing`, to: paths.spamWave('choose') }} />}
          >
            {(ready) => (
              <ReviewAccounts
                playbook={spamWave}
                planned={ready}
                memberships={(count) =>
                  plural(count, {
                    0: 'They are or were in no rooms.',
                    one: 'They are or were members of rooms once.',
                    other: 'They are or were members of rooms # times.',
                  })
                }
                sentence={(count) =>
                  plural(count, { one: 'Clean up after # account', other: 'Clean up after # accounts' })
                }
                backTo={paths.spamWave('choose')}
                onRun={(targets, count) =>
                  showJob(startPlaybook(spamWave, { targets, input: ready.input }, session, count).id, drop)
                }
              />
            )}
          </PlanStages>
        )
      }
    </Wizard>
  );
}
