import type { AnyAction } from '~/actions/action';
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
