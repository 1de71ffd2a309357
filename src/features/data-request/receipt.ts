import { t } from '@lingui/core/macro';
import { mdCode, mdText } from '~/lib/markdown';
import { isoTime } from '~/lib/times';
import { wordsOf, type Words } from '~/lib/words';
import { countWords } from '~/ui/job/words';
import type { Proof, ProvedStep } from './proofs';

/** What was erased, on paper: made of what the jobs of this browser recorded, and of nothing else. */

export interface ReceiptOf {
  readonly userId: string;
  readonly baseUrl: string;
  readonly by: string;
  /** When it is written, epoch ms. Missing: now. */
  readonly at?: number;
  readonly steps: readonly ProvedStep[];
  readonly remains: readonly Words[];
}

export function receiptOf({ userId, baseUrl, by, at = Date.now(), steps, remains }: ReceiptOf): string {
  const [user, homeserver, admin, time] = [mdCode(userId), mdCode(baseUrl), mdCode(by), isoTime(at) ?? ''];
  return [
    t`# Erasure of ${user}`,
    '',
    t`On the homeserver ${homeserver}. Written as ${admin} at ${time}, from the record that Glia keeps in this browser. What other admins did, or was done in another browser, is not in it.`,
    '',
    headline(steps),
    '',
    `## ${t`Steps`}`,
    '',
    ...steps.flatMap(stepLines),
    `## ${t`What remains, and why`}`,
    '',
    ...remains.map((words) => `- ${wordsOf(words)}`),
    '',
  ].join('\n');
}

function headline(steps: readonly ProvedStep[]): string {
  if (steps.every(({ state }) => state === 'done')) return t`Each step has a record that says it was done.`;
  return steps.every(({ state }) => state === 'done' || state === 'skipped')
    ? t`Each step has a record that says it was done, or why it was skipped.`
    : t`**Not every step has a record that says it was done.** See below.`;
}

function stepLines({ step, state, proofs }: ProvedStep): string[] {
  const title = wordsOf(step.title);
  const lines = proofs.length === 0 ? [t`- No record of it.`] : proofs.map(proofLine);
  return [`### ${title}: ${stateWord(state)}`, '', ...lines, ''];
}

export function stateWord(state: ProvedStep['state']): string {
  switch (state) {
    case 'none':
      return t`no record`;
    case 'done':
      return t`done`;
    case 'some':
      return t`done as asked, which may not be all of it`;
    case 'skipped':
      return t`skipped`;
    case 'partly':
      return t`not all of it`;
    case 'taken-back':
      return t`taken back later`;
    case 'underway':
      return t`not finished`;
  }
}

function proofLine({ job, counts, reasons, endedAt }: Proof): string {
  const time = isoTime(endedAt ?? job.startedAt) ?? t`no time recorded`;
  const [title, outcome] = [mdText(wordsOf(job.title)), countWords({ ...job, counts })];
  const said = reasons.map((reason) => mdText(wordsOf(reason))).join(' ');
  const id = mdCode(job.id);
  return `- ${time}: ${title}. ${outcome}. ${said === '' ? '' : `${said} `}(${t`job ${id}`})`;
}
