/**
 * The one shape of a plan that needs choosing: choose → review. Then it runs, as a job with a page of its own (`/jobs/<id>`). How to
 * make a wizard of it:
 *
 * ```tsx
 * export function JoinRoomsWizard() {
 *   const session = useSession();
 *   const plan = usePlan<Choice, Planned>('join-rooms', FIRST_CHOICE, choiceSchema);   // ~/job-store/drafts: survives steps and pages
 *   return (
 *     <Wizard title="Join users to rooms" about="One line." pathOf={paths.joinRooms}
 *       blocked={plan.isMaking || plan.planned ? null : 'Choose rooms and users first.'}>  // why there is nothing to review yet
 *       {(step) => …one component a step…}                                             // only called for a step that can be shown
 *     </Wizard>);
 * }
 * ```
 *
 * - choose: your form, which calls `plan.choose(patch)`, then `<StepActions next={{ label: 'Review', onClick }} />`: there
 *   `plan.make((making) => beginPlanning(session, plan.choice, making))`, and on to `useNavigate()(paths.x('review'))`. Scans begin
 *   with `startScan` and are handed to `making.read`, so that they end when the plan is no longer wanted.
 * - review: `<PlanStages plan={plan} …>` shows the reading, then a `<Review …/>` with the rows of `useLeftIn(plan, rows)`. Its `onRun(count)` starts the job with what is left in, and leads to its page with
 *   `useShowJob()(job.id, plan.drop)`. `spec.owner = ownerOf(session)`, `spec.classify = classifyHomeserverError`, and `run` asks
 *   `homeserverFor(owner)` before each request.
 * - how its jobs are shown: a `JobView` (~/entities/job/job-view) in its folder, named in ~/app/job-kinds.
 */
import { Trans } from '@lingui/react/macro';
import { Stack, Title, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useHref, useLocation, useNavigate, useParams } from 'react-router';
import type { WizardStep } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { StepNav } from './StepNav';
import { STEP_NAMES, stepFrom, stepWords } from './steps';
import { useKeptFocus } from './use-kept-focus';

export interface WizardProps {
  title: string;
  /** One line: what this does. */
  about?: ReactNode;
  /** `paths.joinRooms`. The route must end in `:step`. */
  pathOf(step: WizardStep): string;
  /** Why there is nothing to review yet; null: there is. */
  blocked: string | null;
  children(step: WizardStep): ReactNode;
}

export function Wizard({ title, about, pathOf, blocked, children }: WizardProps) {
  const params = useParams();
  const location = useLocation();
  const asked = stepFrom(params['step']);
  const step = asked === 'review' && blocked === null ? asked : 'choose';
  // Said on the step one is led to.
  const lacksPlan = asked === 'review' && step === 'choose';
  return (
    // One and the same page from step to step: a new one would take the focus from the step's heading.
    <Page title={title} about={about}>
      <StepNav current={asked ?? step} blocked={blocked} pathOf={pathOf} />
      {step === params['step'] ? (
        <Step key={step} step={step} title={title} lacksPlan={saysNoPlan(location.state)}>
          {children(step)}
        </Step>
      ) : (
        <LeadTo path={pathOf(step)} lacksPlan={lacksPlan} />
      )}
    </Page>
  );
}

/**
 * Leads to another step. Not at once: where a plan is dropped on the way to another page, the step that is being left must not lead
 * anywhere.
 */
function LeadTo({ path, lacksPlan }: { path: string; lacksPlan: boolean }) {
  const navigate = useNavigate();
  const here = useHref(useLocation());
  useEffect(() => {
    const timer = setTimeout(() => {
      const left = new URL(here, window.location.href).href !== window.location.href;
      if (!left) void navigate(path, { replace: true, state: { lacksPlan } });
    });
    return () => clearTimeout(timer);
  }, [navigate, here, path, lacksPlan]);
  return null;
}

interface StepProps {
  step: WizardStep;
  title: string;
  lacksPlan: boolean;
  children: ReactNode;
}

function Step({ step, title, lacksPlan, children }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useKeptFocus(content, heading);
  useEffect(() => {
    // The focus goes where the new step begins, and a screen reader says which it is.
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);
  useEffect(() => {
    document.title = [wordsOf(STEP_NAMES[step]), title, 'Glia'].join(' · ');
  }, [step, title]);
  return (
    <Stack gap="md" ref={content}>
      <Title order={2} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        <VisuallyHidden>{stepWords(step)}</VisuallyHidden>
        <span aria-hidden>{wordsOf(STEP_NAMES[step])}</span>
      </Title>
      {lacksPlan && (
        <Notice role="status">
          <Trans>
            There is no plan to review. A plan is discarded when you reload the page or change a choice. Nothing was
            changed.
          </Trans>
        </Notice>
      )}
      {children}
    </Stack>
  );
}

const saysNoPlan = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'lacksPlan' in state && state.lacksPlan === true;
