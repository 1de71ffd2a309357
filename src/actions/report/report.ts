/** What dismissing a report of a message and one of a user have in common. */

export type ReportState = { exists: boolean };

const OPEN = /*i18n*/ { id: 'report.open', message: 'in the queue' };
const DISMISSED = /*i18n*/ { id: 'report.dismissed', message: 'dismissed' };

export const ofReport = {
  icon: 'flag-off',
  label: /*i18n*/ { id: 'report.dismiss.label', message: 'Dismiss report' },
  keywords: ['report', 'abuse', 'close', 'delete', 'resolve', 'moderation'],
  harmless: true,
  gone: /*i18n*/ { id: 'report.gone', message: 'This report is no longer there: someone dismissed it.' },
  goal: (): ReportState => ({ exists: false }),
  repeatable: true,
  undo: {
    never: /*i18n*/ {
      id: 'report.dismiss.undo',
      message: 'This can’t be undone: Synapse deletes the report. Export it first if you want to keep it.',
    },
  },
  words: ({ exists }: ReportState) => (exists ? OPEN : DISMISSED),
  consequences: () => [
    /*i18n*/ {
      id: 'report.dismiss.nothing-else',
      message: 'Only the report goes. Nothing happens to the message, to who was reported or to who reported it.',
    },
    /*i18n*/ {
      id: 'report.dismiss.not-told',
      message: 'Nobody is notified. The same user can report it again.',
    },
  ],
} as const;
