import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { phraseOf } from '~/actions/titles';
import type { ActionItem } from '~/actions/plan';
import { actionHere, asServer, startAction } from '~/job-store/action-jobs';
import { planAction, type ActionPlanned } from '~/job-store/action-plans';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { ofEntity } from '~/entities/action/of-entity';
import { paths, type WizardStep } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { Choose } from './Choose';
import { firstChoice, handedChoice, handedPlan, type Choice } from './choice';
import { keptChoice } from './kept-choice';
import { EnteredFields } from './EnteredFields';
import { Review } from './Review';
import { wordsOf } from '~/lib/words';

/** One action for many: choose whom, review, run. The job then has a page of its own. */
export function BulkPage() {
  const { t } = useLingui();
  const { kind = '' } = useParams();
  const session = useSession();
  const known = actionOf(kind);
  const action = known && actionHere(known, session);
  const guarded = action?.guard?.(asServer(session)) ?? null;
  if (!action || action.hasWizard || action.onlyForOne) {
    return (
      <Page title={t`Bulk change`}>
        <EmptyNote title={t`This action does not exist`}>
          <Trans>Select users, rooms or files in a list, then choose a change there.</Trans>
        </EmptyNote>
      </Page>
    );
  }
  const title = wordsOf(phraseOf(action, 0));
  if (guarded !== null) {
    return (
      <Page title={title}>
        <EmptyNote title={t`This can’t be done here`}>{wordsOf(guarded)}</EmptyNote>
      </Page>
    );
  }
  return <OneAction key={kind} action={action} title={title} />;
}

function OneAction({ action, title }: { action: AnyAction; title: string }) {
  const { t } = useLingui();
  const things = ofEntity(action);
  const session = useSession();
  const navigate = useNavigate();
  const signedIn = useSignedInAs(ownerOf(session));
  const plan = usePlan<Choice, ActionPlanned>(`bulk/${action.kind}`, firstChoice(action), keptChoice);
  const { choice, choose, make, drop, isMaking, planned, problem } = plan;
  const pathOf = (step: WizardStep) => paths.bulk(action.kind, step);

  useEffect(() => {
    const handover = takeHandover(paths.bulk(action.kind));
    const handed = handedChoice(action, handover);
    if (!handed) return;
    drop();
    choose(handed);
    const complete = handedPlan(action, handover, handed);
    if (!complete) return;
    make((making) => planAction(action, complete.targets, complete.input, session, making));
    void navigate(paths.bulk(action.kind, 'review'), { replace: true });
  }, [action, drop, choose, make, navigate, session]);

  const showJob = useShowJob();
  const begin = (items: readonly ActionItem[], { input }: ActionPlanned, count: number) => {
    const job = startAction(action, { items, input }, session, count);
    showJob(job.id, drop);
  };

  return (
    <Wizard
      title={title}
      pathOf={pathOf}
      blocked={isMaking || planned || problem !== null ? null : wordsOf(things.chooseFirst)}
    >
      {(step) =>
        step === 'choose' ? (
          <Choose
            action={action}
            session={session}
            choice={choice}
            onChange={choose}
            onPlan={(targets, input) => {
              make((making) => planAction(action, targets, input, session, making));
              void navigate(pathOf('review'));
            }}
          />
        ) : (
          <PlanStages
            plan={plan}
            signedIn={signedIn}
            reads={(stage) =>
              stage === 'list'
                ? action.entity === 'room'
                  ? t`Glia first reads the list of rooms, with one request per 1,000 rooms, or looks up the aliases.`
                  : t`Glia first reads the list of users, with one request per 1,000 users.`
                : wordsOf(things.reads)
            }
            mayGoWithout={(stage) => stage === 'items'}
            look={(stage) => ({ idHeader: stage === 'list' ? t`Page` : wordsOf(things.header) })}
            onDrop={drop}
            cancelTo={pathOf('choose')}
            afterProblem={<StepActions back={{ label: t`Back to choosing`, to: pathOf('choose') }} />}
          >
            {(ready) => (
              <Review
                action={action}
                planned={ready}
                sentence={(count) => wordsOf(phraseOf(action, count, ready.input))}
                backTo={pathOf('choose')}
                onRun={(items, count) => begin(items, ready, count)}
              >
                {action.form && <EnteredFields form={action.form} values={choice.values} />}
              </Review>
            )}
          </PlanStages>
        )
      }
    </Wizard>
  );
}
