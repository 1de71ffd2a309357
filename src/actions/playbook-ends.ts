import { pageEnvironment } from '~/jobs/environment';
import type { Outcome, RunContext } from '~/jobs/job';
import { sentences, withValues, type Text } from '~/lib/text';
import type { ReadStep, Step, StepBy } from './playbook';
import { asPart, endPart, type EndStatus, type Part, type Progress } from './playbook-parts';

/** How the steps of a playbook end, and how that is kept. */

export const NO_TARGETS = /*i18n*/ { id: 'playbook.no-targets', message: 'There was nothing to do.' };
const COUNTS = /*i18n*/ {
  id: 'playbook.counts',
  message:
    '{done, plural, =0 {None changed} other {# changed}}{skipped, plural, =0 {} other {, # skipped}}{failed, plural, =0 {} other {, # failed}}.',
} as const;
const FIRST_FAILED = /*i18n*/ {
  id: 'playbook.first-failed',
  message: 'The first that failed: {id}. {reason}',
} as const;

export function endChange(
  { key }: Step,
  id: string,
  { status, reason = '', settles, before }: Outcome,
  isDoubtful: boolean,
  progress: Progress,
  context: RunContext,
): void {
  if (before !== undefined) add(['kept', key, id, before], progress, context);
  const part = asPart(endPart(key, id, { status, reason, at: pageEnvironment.now() }, isDoubtful && !settles));
  progress.read(part);
  context.partAnswered(part, settles === true && progress.doubts === 0);
}

export function add(part: Part, progress: Progress, context: RunContext): void {
  progress.read(asPart(part));
  context.addPart(asPart(part));
}

export async function read(
  step: ReadStep,
  by: StepBy,
  note: (part: Part) => void,
  end: (status: EndStatus, reason: Text) => EndStatus,
): Promise<EndStatus> {
  const { status = 'done', reason, noted, reopens } = await step.read(by);
  if (noted !== undefined) note(['noted', step.key, noted]);
  if (reopens) note(['reopens', step.key, reopens]);
  return end(status, reason);
}

/** How a step ended whose targets have all ended. */
export function sumOf({ key }: Step, progress: Progress): [EndStatus, Text] {
  const ends = [...progress.step(key).changes.values()].flatMap(({ id, end }) => (end ? [{ id, ...end }] : []));
  const count = (status: EndStatus) => ends.filter((one) => one.status === status).length;
  const [done, skipped, failed] = [count('done'), count('skipped'), count('failed')];
  const status = failed > 0 ? 'failed' : done > 0 ? 'done' : 'skipped';
  const [only, more] = ends;
  if (only && !more) return [status, only.reason];
  const first = ends.find((one) => one.status === 'failed');
  const why = first ? withValues(FIRST_FAILED, { id: first.id, reason: first.reason }) : '';
  return [status, sentences(withValues(COUNTS, { done, skipped, failed }), why)];
}
