/**
 * The one shape of a plan that needs more than an action: choose → plan → confirm. Then it runs, as a job with a page of its own
 * (`/jobs/<id>`). How to make a wizard of it:
 *
 * ```tsx
 * export function JoinRoomsWizard() {
 *   const session = useSession();
 *   const plan = usePlan<Choice, Planned>('join-rooms', FIRST_CHOICE);          // ~/data/drafts: survives steps and pages
 *   return (
 *     <Wizard title="Join users to rooms" about="One line." pathOf={paths.joinRooms}
 *       rule={ruleWords(plan.choice)}                                           // the choice in words, shown with its plan
 *       blocked={{ plan: plan.isMaking || plan.planned ? null : 'Choose rooms and users first.',   // why not yet; null = can be shown
 *         confirm: plan.planned ? null : 'There is no plan yet.' }}>
 *       {(step) => …one component a step…}                                      // only called for a step that can be shown
 *     </Wizard>);
 * }
 * ```
 *
 * - choose: your form, which calls `plan.choose(patch)`, then `<StepActions next={{ label: 'Make the plan', onClick }} />`: there
 *   `plan.make((making) => beginPlanning(session, plan.choice, making))`, and go on with `useNavigate()(paths.x('plan'))`. Scans begin
 *   with `startScan` and are handed to `making.read`, so that they end when the plan is no longer wanted.
 * - plan: `<ScanProgress reading={plan.reading} onCancel={plan.drop} …/>` while it reads, then `<PlanTable …>` with a `<ScriptButton …/>` in it,
 *   then `<StepActions back next />`.
 * - confirm: `<ConfirmStep …/>`; in `onConfirm(count)`: `startJob({ ...spec, title: jobTitle(spec, rule) }, count)`, then
 *   `useShowJob()(job.id, plan.drop)`. `spec.owner = ownerOf(session)`, `spec.classify = classifyHomeserverError`, and `run` asks
 *   `homeserverFor(owner)` before each request.
 * - how its jobs are shown: a `JobView` (~/entities/job/job-view) in its folder, named in ~/app/job-kinds.
 */
import { Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useHref, useLocation, useNavigate, useParams } from 'react-router';
import type { WizardStep } from '~/lib/paths';
import { Notice } from '~/ui/Notice';
import { Page } from '~/ui/Page';
import { StepNav } from './StepNav';
import { nearestStep, STEP_NAMES, STEPS, stepFrom, type Blocked } from './steps';
import { useKeptFocus } from './use-kept-focus';

export interface WizardProps {
  title: string;
  /** One line: what this does. */
  about?: ReactNode;
  /** `paths.joinRooms`. The route must end in `:step`. */
  pathOf(step: WizardStep): string;
  /** What the plan is made from, in words: they stand on each step of the plan. Null where there is none. */
  rule: ReactNode | null;
  /** Why a step of the plan can't be shown now; null or missing: it can. */
  blocked: Blocked;
  children(step: WizardStep): ReactNode;
}

export function Wizard({ title, about, pathOf, rule, blocked, children }: WizardProps) {
  const params = useParams();
  const location = useLocation();
  const asked = stepFrom(params['step']);
  const step = nearestStep(asked ?? 'choose', blocked);
  const shown = step === asked;
  // Said on the step one is led to. A reload in the middle ends here: plans live in memory.
  const note = asked === null ? null : `“${STEP_NAMES[asked]}” can’t be shown now: ${blocked[asked] ?? ''}`;
  const ofPlan = step === 'plan' || step === 'confirm';
  return (
    // One and the same page from step to step: a new one would take the focus from the step's heading.
    <Page title={title} about={about}>
      <StepNav current={asked ?? step} blocked={blocked} pathOf={pathOf} search={location.search} />
      {shown ? (
        <Step key={step} step={step} title={title} note={noteOf(location.state)}>
          {ofPlan && rule !== null && <Rule>{rule}</Rule>}
          {children(step)}
        </Step>
      ) : (
        // With the job that the URL names: it is chosen, or shown, on another step too.
        <LeadTo path={`${pathOf(step)}${location.search}`} note={note} />
      )}
    </Page>
  );
}

/** What this plan is made from: whoever looks at numbers has to know of what. */
function Rule({ children }: { children: ReactNode }) {
  return (
    <Text fw={600} data-plan-rule>
      {children}
    </Text>
  );
}

/**
 * Leads to another step. Not at once: where a plan is dropped on the way to another page, the step that is being left must not lead
 * anywhere.
 */
function LeadTo({ path, note }: { path: string; note: string | null }) {
  const navigate = useNavigate();
  const here = useHref(useLocation());
  useEffect(() => {
    const timer = setTimeout(() => {
      const left = new URL(here, window.location.href).href !== window.location.href;
      if (!left) void navigate(path, { replace: true, state: { note } });
    });
    return () => clearTimeout(timer);
  }, [navigate, here, path, note]);
  return null;
}

interface StepProps {
  step: WizardStep;
  title: string;
  note: string | null;
  children: ReactNode;
}

function Step({ step, title, note, children }: StepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useKeptFocus(content, heading);
  useEffect(() => {
    // The focus goes where the new step begins, and a screen reader says which it is.
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);
  useEffect(() => {
    document.title = `${STEP_NAMES[step]} · ${title} · Glia`;
  }, [step, title]);
  return (
    <Stack gap="md" ref={content}>
      <Title order={2} size="h3" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        <VisuallyHidden>{`Step ${STEPS.indexOf(step) + 1} of ${STEPS.length}: `}</VisuallyHidden>
        {STEP_NAMES[step]}
      </Title>
      {note !== null && <Notice role="status">{note} Nothing was changed.</Notice>}
      {children}
    </Stack>
  );
}

function noteOf(state: unknown): string | null {
  return typeof state === 'object' && state !== null && 'note' in state && typeof state.note === 'string'
    ? state.note
    : null;
}
