import { useEffect } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { phraseOf, countOf } from '~/actions/job';
import type { ActionItem } from '~/actions/plan';
import { asServer, startAction } from '~/job-store/action-jobs';
import { planAction, type ActionPlanned } from '~/job-store/action-plans';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { paths, type WizardStep } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { Choose } from './Choose';
import { firstChoice, handedChoice, type Choice } from './choice';
import { keptChoice } from './kept-choice';
import { Review } from './Review';
import { wordsOf } from '~/lib/words';

/** One action for many: choose whom, review, run. The job then has a page of its own. */
export function BulkPage() {
  const { kind = '' } = useParams();
  const action = actionOf(kind);
  const session = useSession();
  const guarded = action?.guard?.(asServer(session)) ?? null;
  const nouns = action && NOUNS[action.entity];
  if (!action || action.hasWizard || !nouns) {
    return (
      <Page title="Bulk change">
        <EmptyNote title="There is no such change">Choose one from the selection bar of a list.</EmptyNote>
      </Page>
    );
  }
  const title = wordsOf(phraseOf(action, `many ${nouns.many}`));
  if (guarded !== null) {
    return (
      <Page title={title}>
        <EmptyNote title="This homeserver can’t do that">{wordsOf(guarded)}</EmptyNote>
      </Page>
    );
  }
  return <OneAction key={kind} action={action} title={title} nouns={nouns} />;
}

interface Nouns {
  readonly one: string;
  readonly many: string;
}

/** Of what can be changed here, many at once. */
const NOUNS: Readonly<Partial<Record<AnyAction['entity'], Nouns>>> = {
  user: { one: 'user', many: 'users' },
  media: { one: 'file', many: 'files' },
};

function OneAction({ action, title, nouns }: { action: AnyAction; title: string; nouns: Nouns }) {
  const session = useSession();
  const navigate = useNavigate();
  const signedIn = useSignedInAs(ownerOf(session));
  const plan = usePlan<Choice, ActionPlanned>(`bulk/${action.kind}`, firstChoice(action), keptChoice);
  const { choice, choose, make, drop, isMaking, planned, problem } = plan;
  const pathOf = (step: WizardStep) => paths.bulk(action.kind, step);

  useEffect(() => {
    const handed = handedChoice(action, takeHandover(paths.bulk(action.kind)));
    if (!handed) return;
    drop();
    choose(handed);
  }, [action, drop, choose]);

  const showJob = useShowJob();
  const begin = (items: readonly ActionItem[], { input }: ActionPlanned, count: number) => {
    const job = startAction(action, { items, input }, session, count);
    showJob(job.id, drop);
  };

  return (
    <Wizard
      title={title}
      pathOf={pathOf}
      blocked={isMaking || planned || problem !== null ? null : `Choose the ${nouns.many} first.`}
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
                ? 'First the list of users, 1,000 a page.'
                : `Each ${nouns.one} is read as it is now: one request a ${nouns.one}.`
            }
            mayGoWithout={(stage) => stage === 'items'}
            look={(stage) => ({ idHeader: stage === 'list' ? 'Page' : capital(nouns.one) })}
            onDrop={drop}
            cancelTo={pathOf('choose')}
            afterProblem={<StepActions back={{ label: 'Back to choosing', to: pathOf('choose') }} />}
          >
            {(ready) => (
              <Review
                action={action}
                planned={ready}
                sentence={(count) => wordsOf(phraseOf(action, countOf(action, count)))}
                backTo={pathOf('choose')}
                onRun={(items, count) => begin(items, ready, count)}
              />
            )}
          </PlanStages>
        )
      }
    </Wizard>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
