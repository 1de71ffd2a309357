import { lookAtUpdateJob, startUpdateJob, type UpdateJob } from '~/api/background';
import { lacks } from '~/api/since';
import { defineAction } from '~/actions/action';
import { flag } from '~/lib/places';
import { ONE_ONLY } from './updates';

/** What is running is shown, what waits is not, nor what has ended: the answer tells whether a job was started. */
type State = { started: boolean };

export const startJob = defineAction<UpdateJob, State>({
  kind: 'background.start',
  entity: 'background',
  hasWizard: true,
  icon: 'start',
  label: /*i18n*/ { id: 'background.start.label', message: 'Start' },
  phrase: {
    one: /*i18n*/ { id: 'background.start.one', message: 'Start the background update {id}' },
    many: /*i18n*/ {
      id: 'background.start.many',
      message: 'Start {count, plural, =0 {background updates} one {# background update} other {# background updates}}',
    },
  },
  guard: ({ version }) => lacks(version, 'background-updates'),
  look: lookAtUpdateJob,
  watch: { started: flag('started') },
  unseen: true,
  goal: () => ({ started: true }),
  write: (name) => startUpdateJob(name),
  // While it waits or runs, Synapse refuses to start it once more.
  repeatable: true,
  harmless: true,
  undo: {
    never: /*i18n*/ {
      id: 'background.start.undo',
      message:
        'There is nothing to undo: Synapse only works out again what follows from its own data and its signing key.',
    },
  },
  script: { never: ONE_ONLY },
  consequences: () => [
    /*i18n*/ {
      id: 'background.start.load',
      message:
        'Synapse works on it in the background. On a large homeserver this can take hours, and the database is busy.',
    },
    /*i18n*/ {
      id: 'background.start.queue',
      message: 'If another update is running, this one waits until that has finished.',
    },
  ],
  words: ({ started }) =>
    started
      ? /*i18n*/ { id: 'background.started', message: 'started' }
      : /*i18n*/ { id: 'background.not-started', message: 'not running' },
});
