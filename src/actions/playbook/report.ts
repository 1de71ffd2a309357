import { definePlaybook, type Step, type StepBy } from '~/actions/playbook';
import { eventItemId } from '~/actions/event/event';
import { redactEvents } from '~/actions/event/redact';
import { quarantine } from '~/actions/media/quarantine';
import { banMembers } from '~/actions/member/ban';
import { memberId } from '~/actions/member/member';
import { dismissReport } from '~/actions/report/dismiss';
import { dismissUserReports } from '~/actions/report/dismiss-user';
import { block } from '~/actions/room/block';
import { deactivate } from '~/actions/user/deactivate';
import { lock } from '~/actions/user/lock';
import { ALL_OF_THEM, redact } from '~/actions/user/redact';
import { suspend } from '~/actions/user/suspend';
import type { Json } from '~/jobs/job';

/** Several things that are done about one report, in order; the report goes last, once all the others were done. */

export const REPORT_STEPS = [
  'redact-event',
  'quarantine',
  'lock',
  'redact-all',
  'suspend',
  'deactivate',
  'ban',
  'block',
  'dismiss',
] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

export type ReportInput = {
  readonly steps: readonly ReportStep[];
  /** Of a message or of a user: they are dismissed by different actions. */
  readonly of: 'message' | 'user';
  /** Everyone in the room can read it. */
  readonly reason: string;
};

/** What a target tells its steps. '' where there is none. */
export type ReportNote = {
  readonly user: string;
  readonly event: string;
  readonly room: string;
  readonly files: readonly string[];
};

type By = StepBy<ReportInput>;
const noteOf = ({ target }: By): ReportNote =>
  (target.note as ReportNote | undefined) ?? { user: '', event: '', room: '', files: [] };
const reasonOf = ({ input }: By): Json => ({ reason: input.reason });

const NO_SUCH = /*i18n*/ { id: 'playbook.report.none', message: 'The report names nothing that this could change.' };
const named = (id: string) => (id === '' ? NO_SUCH : [id]);

const STEPS: Readonly<Record<Exclude<ReportStep, 'dismiss'>, Step<ReportInput>>> = {
  'redact-event': {
    key: 'redact-event',
    label: /*i18n*/ { id: 'playbook.report.redact', message: 'Redact the message' },
    action: redactEvents,
    input: reasonOf,
    targets: (by) => {
      const { event, room } = noteOf(by);
      return event === '' ? NO_SUCH : [eventItemId(event, room)];
    },
  },
  quarantine: {
    key: 'quarantine',
    label: /*i18n*/ { id: 'playbook.report.quarantine', message: 'Quarantine its files' },
    action: quarantine,
    targets: (by) => (noteOf(by).files.length === 0 ? NO_SUCH : noteOf(by).files),
  },
  lock: {
    key: 'lock',
    label: /*i18n*/ { id: 'playbook.report.lock', message: 'Lock the user' },
    action: lock,
    targets: (by) => named(noteOf(by).user),
  },
  // The account is locked before, so that it can't send more; and not yet suspended, where Synapse may not be able to redact.
  'redact-all': {
    key: 'redact-all',
    label: /*i18n*/ { id: 'playbook.report.redact-all', message: 'Redact all their messages' },
    action: redact,
    input: ({ input: { reason } }) => ({
      rooms: [],
      after: null,
      before: null,
      limit: ALL_OF_THEM,
      reason,
      use_admin: false,
    }),
    targets: (by) => named(noteOf(by).user),
  },
  suspend: {
    key: 'suspend',
    label: /*i18n*/ { id: 'playbook.report.suspend', message: 'Suspend the user' },
    action: suspend,
    targets: (by) => named(noteOf(by).user),
  },
  deactivate: {
    key: 'deactivate',
    label: /*i18n*/ { id: 'playbook.report.deactivate', message: 'Deactivate the user' },
    action: deactivate,
    input: () => ({ erase: false }),
    targets: (by) => named(noteOf(by).user),
  },
  ban: {
    key: 'ban',
    label: /*i18n*/ { id: 'playbook.report.ban', message: 'Remove and ban the user from the room' },
    action: banMembers,
    input: reasonOf,
    targets: (by) => {
      const { user, room } = noteOf(by);
      return user === '' || room === '' ? NO_SUCH : [memberId(user, room)];
    },
  },
  block: {
    key: 'block',
    label: /*i18n*/ { id: 'playbook.report.block', message: 'Block the room' },
    action: block,
    targets: (by) => named(noteOf(by).room),
  },
};

const dismissal = (of: ReportInput['of']): Step<ReportInput> => ({
  key: 'dismiss',
  label: /*i18n*/ { id: 'playbook.report.dismiss', message: 'Dismiss the report' },
  action: of === 'message' ? dismissReport : dismissUserReports,
});

/** In the order in which they are carried out, whatever the order in which they were chosen. */
export const stepsOfReport = ({ steps, of }: ReportInput): readonly Step<ReportInput>[] =>
  REPORT_STEPS.filter((key) => steps.includes(key)).map((key) => (key === 'dismiss' ? dismissal(of) : STEPS[key]));

export const actOnReport = definePlaybook<ReportInput>({
  kind: 'playbook.report',
  entity: 'report',
  phrase: {
    one: /*i18n*/ { id: 'playbook.report.one', message: 'Act on report {id}' },
    many: /*i18n*/ {
      id: 'playbook.report.many',
      message: 'Act on {count, plural, =0 {reports} one {# report} other {# reports}}',
    },
  },
  steps: stepsOfReport,
  labels: Object.fromEntries(
    REPORT_STEPS.map((key) => [key, (key === 'dismiss' ? dismissal('message') : STEPS[key]).label]),
  ),
});
