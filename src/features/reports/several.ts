import type { AnyAction, Server } from '~/actions/action';
import type { Verdict } from '~/actions/plan';
import {
  actOnReport,
  REPORT_STEPS,
  type ReportInput,
  type ReportNote,
  type ReportStep,
} from '~/actions/playbook/report';
import { changes, type Target } from '~/actions/playbook';
import { keyOfReport, reportedUser, type Report } from '~/data/report-list';
import type { Text } from '~/lib/text';
import type { Offer } from './offers';

/** What a plan about one report can hold. */
export interface Choosable {
  readonly key: ReportStep;
  readonly label: Text;
  readonly action: AnyAction;
  /** What it changes, and why not, as the bar has it. */
  readonly offers: readonly Offer[];
}

const all = (of: ReportInput['of']) => actOnReport.steps({ steps: REPORT_STEPS, of, reason: '' });

/** The steps whose action the bar offers, in the order in which they are carried out. */
export function choosableSteps({ kind }: Report, offers: readonly Offer[]): Choosable[] {
  return all(kind).flatMap((step): Choosable[] => {
    if (!changes(step)) return [];
    const mine = offers.filter(({ action }) => action.kind === step.action.kind);
    return mine.length === 0
      ? []
      : [{ key: step.key as ReportStep, label: step.label, action: step.action, offers: mine }];
  });
}

/** Why a step can’t be chosen; null where it would change something. Without a verdict, its own look decides when its turn comes. */
export function whyNot(
  { action, offers }: Choosable,
  verdicts: readonly (Verdict | null)[],
  server: Server,
): Text | null {
  const guarded = offers[0]?.reason ?? action.guard?.(server) ?? null;
  if (guarded !== null) return guarded;
  // One that fails would stop the steps after it.
  const cannot = verdicts.find((one) => one?.verdict === 'cannot');
  if (cannot && cannot.verdict !== 'will') return cannot.reason;
  const [first] = verdicts;
  const isSo = verdicts.every((one) => one?.verdict === 'nothing');
  return isSo && first && first.verdict !== 'will' ? first.reason : null;
}

/** The report as the item of the plan, with what its steps need to know. */
export function targetOf(report: Report, files: readonly string[]): Target {
  const isMessage = report.kind === 'message';
  const note: ReportNote = {
    user: reportedUser(report) ?? '',
    event: isMessage ? report.event_id : '',
    room: isMessage ? report.room_id : '',
    files,
  };
  return { id: isMessage ? keyOfReport(report) : String(report.id), label: String(report.id), note };
}
