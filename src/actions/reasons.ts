/** What the ledger says of an item, in the words of the run of an action. */

export const BY_SOMEONE = /*i18n*/ {
  id: 'action.by-someone',
  message: 'It was already so when Glia checked: done by a request of this job that got no answer, or by someone else.',
};
export const STILL = /*i18n*/ {
  id: 'action.still',
  message: 'The request succeeded, but it is still {state}.',
} as const;
export const NOW = /*i18n*/ { id: 'action.now', message: 'Now {state}.' } as const;
export const CHANGED = /*i18n*/ { id: 'action.changed', message: 'Changed since the plan: now {state}.' } as const;
export const NOT_CHECKED = /*i18n*/ {
  id: 'action.not-checked',
  message: 'Glia could not check what Synapse still does in the background: {reason}',
} as const;
export const NO_TASK = /*i18n*/ {
  id: 'action.no-task',
  message: 'The request to start it got no answer, so Glia can’t tell whether the homeserver is working on it.',
};
export const TASK_LOST = /*i18n*/ {
  id: 'action.task-lost',
  message:
    'The homeserver accepted this task but no longer knows it, so it is unclear how it ended. Synapse forgets tasks after 7 days.',
};
export const NOT_SO = /*i18n*/ {
  id: 'action.not-so',
  message: 'The homeserver reported success, but it is {state}.',
} as const;
export const OTHER = /*i18n*/ {
  id: 'action.other',
  message: 'The planned item is gone, and a new one with the same name was created since.',
};
export const CAME_LATE = /*i18n*/ {
  id: 'action.came-late',
  message:
    'A request of the undone job was carried out late, or someone else changed it again. Make a new undo plan to see it.',
};
export const SECRETS_GONE = /*i18n*/ {
  id: 'action.secrets-gone',
  message:
    'Nothing was sent. The page that made the passwords was closed: start a new job for the users that are left.',
};
export const MAY_BE_MADE = /*i18n*/ {
  id: 'action.may-be-made',
  message: 'A request of this job may have created it (201). Check it, and deactivate it if nobody needs it.',
};
export const MOVED = /*i18n*/ {
  id: 'action.moved',
  message:
    'Nothing was sent: since this was planned, the homeserver began or stopped using Matrix Authentication Service. Make a new plan.',
};
export const ATTENTION = /*i18n*/ { id: 'action.attention', message: 'ATTENTION: {what}' } as const;
export const MAY_COME_BACK = /*i18n*/ {
  id: 'action.may-come-back',
  message: 'A request of the undone job got no answer and may still change this again.',
};
