import { enableUpdates, lookAtUpdatesEnabled, type UpdatesEnabled } from '~/api/background';
import { lacks } from '~/api/since';
import { defineAction, type Action } from '~/actions/action';
import { flag } from '~/lib/places';

type State = { enabled: boolean };

const RUNNING = /*i18n*/ { id: 'background.enabled', message: 'running' };
const PAUSED = /*i18n*/ { id: 'background.paused', message: 'paused' };

/** A plan for many is what a script is made of. */
export const ONE_ONLY = /*i18n*/ {
  id: 'background.script',
  message: 'Not available as a script, because it is a single request: copy it as curl.',
};

const both = {
  entity: 'background',
  hasWizard: true,
  guard: ({ version }) => lacks(version, 'background-updates'),
  look: () => lookAtUpdatesEnabled(),
  watch: { enabled: flag('enabled') },
  write: (_id: string, { enabled }: State) => enableUpdates(enabled),
  repeatable: true,
  undo: 'restore',
  script: { never: ONE_ONLY },
  words: ({ enabled }) => (enabled ? RUNNING : PAUSED),
} satisfies Partial<Action<UpdatesEnabled, State>>;

export const pauseUpdates = defineAction<UpdatesEnabled, State>({
  ...both,
  kind: 'background.pause',
  icon: 'updates-pause',
  label: /*i18n*/ { id: 'background.pause.label', message: 'Pause updates' },
  phrase: {
    one: /*i18n*/ { id: 'background.pause.one', message: 'Pause {id}' },
    many: /*i18n*/ {
      id: 'background.pause.many',
      message: 'Pause {count, plural, =0 {background updates} one {# background update} other {# background updates}}',
    },
  },
  goal: () => ({ enabled: false }),
  consequences: () => [
    /*i18n*/ {
      id: 'background.pause.keeps',
      message: 'Synapse stops changing its database in the background, and keeps what is done so far.',
    },
    /*i18n*/ {
      id: 'background.pause.until',
      message: 'The pause ends when Synapse restarts. Some features wait for an update to finish.',
    },
  ],
});

export const resumeUpdates = defineAction<UpdatesEnabled, State>({
  ...both,
  kind: 'background.resume',
  icon: 'updates-play',
  label: /*i18n*/ { id: 'background.resume.label', message: 'Resume updates' },
  phrase: {
    one: /*i18n*/ { id: 'background.resume.one', message: 'Resume {id}' },
    many: /*i18n*/ {
      id: 'background.resume.many',
      message: 'Resume {count, plural, =0 {background updates} one {# background update} other {# background updates}}',
    },
  },
  goal: () => ({ enabled: true }),
  consequences: () => [
    /*i18n*/ {
      id: 'background.resume.load',
      message: 'Synapse continues to change its database in the background. The database is busier while it does.',
    },
  ],
});
