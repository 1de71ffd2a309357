import { HomeserverError } from '~/api/errors';
import { send } from '~/api/ask';
import {
  HeldBack,
  type Columns,
  type Fault,
  type JobSpec,
  type Json,
  type NotDone,
  type Outcome,
  type RunContext,
} from '~/jobs/job';
import { pageEnvironment } from '~/jobs/environment';
import { invariant } from '~/lib/invariant';
import { sentences, withValues, type Text } from '~/lib/text';
import type { AnyAction, LookAt } from './action';
import { actionJob, type Ground } from './job';
import { afterMoreLooks } from './more-looks';
import { verdictOf, verdictOfError, type ActionItem, type Verdict } from './plan';
import { changes, type ActionStep, type Playbook, type Step, type StepBy, type Target } from './playbook';
import { add, endChange, NO_TARGETS, read, sumOf } from './playbook-ends';
import { actionFor } from './under-mas';
import { asPart, Progress, stepPart, type Change, type EndStatus, type Part } from './playbook-parts';

/** What a job of a playbook does. */
export interface PlaybookPlan<Input extends Json = Json> {
  readonly targets: readonly Target[];
  readonly input: Input;
}

const MORE_STEPS = /*i18n*/ { id: 'playbook.more-steps', message: 'The next steps are still to come.' };
const OF_STEP = /*i18n*/ { id: 'playbook.of-step', message: '{step}: {reason}' } as const;
/** What the homeserver answered to a step, for the engine: with the words of that step, and whether it may be sent again. */
class StepFault extends Error {
  override readonly name = 'StepFault';
  readonly fault: Fault;

  constructor({ label }: Step, fault: Fault, action: AnyAction | null, cause: unknown) {
    super('', { cause });
    const reason = withValues(OF_STEP, { step: label, reason: fault.reason });
    this.fault =
      fault.kind === 'unanswered'
        ? { ...fault, reason, repeatable: fault.repeatable ?? action?.repeatable ?? true }
        : { ...fault, reason };
  }
}

/** The one run of every playbook. Its steps are changed by the jobs of their actions, and by nothing else. */
export function playbookJob(playbook: Playbook, { targets, input }: PlaybookPlan, ground: Ground): JobSpec<Target> {
  const steps = playbook.steps(input);
  /** A job of an action remembers what was answered, for the next try. */
  const jobs = new Map<string, JobSpec<ActionItem>>();

  function jobOf({ key, action }: ActionStep, target: Target, asked: Json): JobSpec<ActionItem> {
    invariant(!action.steps && !action.secret && !action.hands, `${action.kind} can be a step`);
    const name = JSON.stringify([key, target.id, asked]);
    const job = jobs.get(name) ?? actionJob(action, { items: [], input: asked }, ground);
    jobs.set(name, job);
    return job;
  }

  function byOf(target: Target, { noted }: Progress, context: RunContext): StepBy {
    const look: LookAt = (one) => {
      context.holdBack();
      return send(ground.homeserver(), one, context.signal);
    };
    return {
      target,
      input,
      noted,
      server: ground.server(),
      look,
      async wait(ms) {
        for (let left = ms; left > 0; left -= 1000) {
          // oxlint-disable-next-line no-await-in-loop -- one after the other: a pause does not wait for all of it
          await context.wait(Math.min(left, 1000));
          context.mayGoOn();
        }
      },
    };
  }

  async function run(target: Target, context: RunContext): Promise<Outcome> {
    const progress = new Progress(context.parts);
    if (!steps.some(({ key }) => progress.step(key).open)) context.partAnswered();
    for (const { key } of steps) {
      const { end, reopens } = progress.step(key);
      if (end?.status !== 'failed' || reopens.length === 0) continue;
      for (const one of reopens) add(['reopen', one], progress, context);
      // Kept at the same time: a page that closes now opens them once.
      add(['again', key], progress, context);
    }
    for (const step of steps) {
      const { end } = progress.step(step.key);
      if (end && end.status !== 'failed') continue;
      context.mayGoOn();
      if (end) add(['again', step.key], progress, context);
      // oxlint-disable-next-line no-await-in-loop -- in order
      if ((await runStep(step, target, progress, context)) === 'failed') break;
    }
    return outcomeOf(progress);
  }

  async function runStep(step: Step, target: Target, progress: Progress, context: RunContext): Promise<EndStatus> {
    const note = (part: Part) => {
      progress.read(asPart(part));
      context.partAnswered(asPart(part));
    };
    const end = (status: EndStatus, reason: Text): EndStatus => {
      note(stepPart(step.key, { status, reason, at: pageEnvironment.now() }));
      return status;
    };
    const by = byOf(target, progress, context);
    try {
      if (!changes(step)) return await read(step, by, note, end);
      const asked = step.input?.(by) ?? null;
      const wanted = progress.step(step.key).targets ?? (await step.targets?.(by)) ?? [target.id];
      if (!Array.isArray(wanted)) return end('skipped', wanted as Text);
      const ids = wanted as readonly string[];
      if (ids.length === 0) return end('skipped', NO_TARGETS);
      if (progress.step(step.key).targets === null) note(['targets', step.key, ids]);
      const known = progress.step(step.key).changes;
      for (const id of ids) {
        const change = known.get(id);
        if (change?.end) continue;
        context.mayGoOn();
        // oxlint-disable-next-line no-await-in-loop -- one after the other: the next look may hang on it
        await changeOne(step, { target, asked, by }, change ?? { id }, progress, context);
      }
    } catch (error) {
      const fault = faultOf(step, error);
      if (fault === null) throw error;
      return end('failed', fault);
    }
    return end(...sumOf(step, progress));
  }

  /** The reason where nothing was sent and the homeserver refused; null where the engine has to know. */
  function faultOf(step: Step, error: unknown): Text | null {
    if (error instanceof HeldBack || error instanceof StepFault) return null;
    const fault = ground.classify(error);
    if (fault.kind === 'refused') return fault.reason;
    throw new StepFault(step, fault, null, error);
  }

  async function changeOne(
    step: ActionStep,
    { target, asked, by }: { target: Target; asked: Json; by: StepBy },
    before: Change,
    progress: Progress,
    context: RunContext,
  ): Promise<void> {
    const { id } = before;
    const end = (outcome: Outcome, isDoubtful = false) => endChange(step, id, outcome, isDoubtful, progress, context);
    let change = before;
    if (before.item === undefined || before.kept === undefined) {
      const reason = (await step.recheck?.(by, id)) ?? null;
      if (reason !== null) return end({ status: 'failed', reason });
      const found = await planOf(step.action, id, asked, by);
      if (found.verdict !== 'will') {
        const isFine = found.verdict === 'nothing' || step.orElse === 'leave-out';
        return end({ status: isFine ? 'skipped' : 'failed', reason: found.reason });
      }
      add(['plan', step.key, id, found.item as unknown as Json], progress, context);
      change = { id, item: found.item };
    }
    const { item } = change;
    invariant(item, 'it was looked at');
    const job = jobOf(step, target, asked);
    const inner = within(step, change, progress, context);
    try {
      end(await job.run(item, inner), inner.sentEarlier);
    } catch (error) {
      if (error instanceof HeldBack) throw error;
      const fault = job.classify(error);
      if (fault.kind !== 'refused' || fault.sent) throw new StepFault(step, fault, step.action, error);
      end({ status: 'failed', reason: fault.reason }, inner.sentEarlier);
    }
  }

  async function planOf(given: AnyAction, id: string, asked: Json, { look, server }: StepBy): Promise<Verdict> {
    const action = actionFor(given, server);
    try {
      const seen = await look(action.look(id, server));
      const found = verdictOf(action, id, seen, asked, ground.owner.userId);
      return await afterMoreLooks(action, found, { seen, input: asked, look, server });
    } catch (error) {
      if (!(error instanceof HomeserverError) || !error.notFound) throw error;
      const isGoal = action.absent !== undefined;
      const found = verdictOfError(id, error, action.gone);
      return isGoal && found.verdict !== 'will' ? { ...found, verdict: 'nothing' } : found;
    }
  }

  /** The item as its steps tell it: each in a sentence. What only reads is no change. */
  function outcomeOf(progress: Progress): Outcome {
    const ended = steps.flatMap((step) => {
      const { end } = progress.step(step.key);
      return end ? [{ step, ...end }] : [];
    });
    const told = ended.map(({ step: { label }, reason }) => withValues(OF_STEP, { step: label, reason }));
    const failed = ended.find(({ status }) => status === 'failed');
    if (failed)
      return { status: 'failed', reason: withValues(OF_STEP, { step: failed.step.label, reason: failed.reason }) };
    const isChanged = ended.some(({ step, status }) => changes(step) && status === 'done');
    return { status: isChanged ? 'done' : 'skipped', reason: told.reduce<Text>(sentences, '') };
  }

  const isOver = (progress: Progress): boolean => {
    const ends = new Set(steps.map(({ key }) => progress.step(key).end?.status));
    return ends.has('failed') || !ends.has(undefined);
  };

  async function verify(target: Target, context: RunContext): Promise<Outcome | NotDone> {
    const progress = new Progress(context.parts);
    const step = steps.find(({ key }) => progress.step(key).open);
    const open = step && progress.step(step.key).open;
    if (step && open && changes(step) && open.item) {
      const job = jobOf(step, target, step.input?.(byOf(target, progress, context)) ?? null);
      const inner = within(step, open, progress, context);
      let found: Outcome | NotDone | undefined;
      try {
        found = await job.verify?.(open.item, inner);
      } catch (error) {
        if (error instanceof HeldBack) throw error;
        throw new StepFault(step, job.classify(error), step.action, error);
      }
      if (!found || found.status === 'not-done') return found ?? { status: 'not-done' };
      endChange(step, open.id, found, context.sentEarlier, progress, context);
      if (found.status === 'failed')
        return { status: 'failed', reason: withValues(OF_STEP, { step: step.label, reason: found.reason }) };
    }
    return isOver(progress) ? outcomeOf(progress) : { status: 'not-done', underway: MORE_STEPS };
  }

  return {
    kind: playbook.kind,
    title: titleOf(playbook, targets),
    owner: ground.owner,
    items: targets,
    describe: ({ id, label }) => ({ id, columns: label === undefined ? NO_COLUMNS : { name: label } }),
    run,
    verify,
    keepsFirst: true,
    classify: (error) => (error instanceof StepFault ? error.fault : ground.classify(error)),
    // Each fault says it by itself.
    repeatable: false,
    ...(playbook.policy && { policy: playbook.policy }),
    keep: {
      plan: { input },
      pack: ({ id, label, note }) => [id, label ?? null, ...(note === undefined ? [] : [note])],
    },
  };
}

/** One target of a step, as its own job sees it. */
function within({ key }: Step, change: Change, progress: Progress, context: RunContext): RunContext {
  const isOpen = change.kept !== undefined;
  return {
    ...context,
    // What another target met says nothing about this one.
    sentEarlier: isOpen && context.sentEarlier,
    kept: change.kept,
    keepBefore(kept) {
      const part = asPart(['kept', key, change.id, kept]);
      progress.read(part);
      return context.keepPart(part);
    },
  };
}

const NO_COLUMNS: Columns = {};

function titleOf({ phrase }: Playbook, targets: readonly Target[]): Text {
  const [only] = targets;
  if (targets.length === 1 && only) return withValues(phrase.one, { id: only.label ?? only.id });
  return withValues(phrase.many, { count: targets.length });
}
