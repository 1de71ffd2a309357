import { msg } from '@lingui/core/macro';
import type { TaskStatus } from '~/api/background';
import type { FeatureId } from '~/api/since';
import type { Words } from '~/lib/words';
import type { Mark } from '~/ui/Marks';

export const ENABLED: Mark = { label: msg`on`, tone: 'good', meaning: msg`Updates run when there are any.` };
export const PAUSED: Mark = {
  label: msg`paused`,
  tone: 'warning',
  meaning: msg`No update runs until you resume them or Synapse restarts.`,
};

interface StartableJob {
  /** As Synapse calls it. */
  readonly name: string;
  readonly label: Words;
  readonly about: Words;
  /** What it costs the homeserver. */
  readonly cost: Words;
  /** What a Synapse must have that can start it. */
  readonly needs?: FeatureId;
}

/**
 * What `start_job` can start. `event_resign` takes an old key and a date besides, which the console can send
 * (`rest/admin/background_updates.py:154`).
 */
export const JOBS: readonly StartableJob[] = [
  {
    name: 'populate_stats_process_rooms',
    label: msg`Recount rooms`,
    about: msg`Recounts the members, state events and other statistics of every room. Use it if rooms are missing from the rooms list or its numbers are wrong.`,
    cost: msg`Synapse goes through all rooms, one by one: minutes on a small homeserver, hours with 100,000 rooms. It keeps working meanwhile; numbers may be missing until it is done.`,
  },
  {
    name: 'regenerate_directory',
    label: msg`Rebuild the user directory`,
    about: msg`Rebuilds the directory in which users find each other. Use it if users are missing from it or appear under an old name.`,
    cost: msg`Synapse empties the directory and fills it again from all rooms and users. Until it is done, users may not find each other by name.`,
  },
  {
    name: 'event_resign',
    label: msg`Sign events again`,
    about: msg`Signs every event of this homeserver’s users with its current signing key, unless it is signed with that key already. Use it after the signing key was replaced, so that other servers can check old events without the old key.`,
    cost: msg`Synapse goes through all events that its own users ever sent: hours or days on a large homeserver. The console can limit it to events of one old key (old_key) or before a time (before_ts).`,
    needs: 'event-resign',
  },
];

/** What Synapse's own names for its tasks mean. */
export const TASK_ACTIONS: Readonly<Record<string, Words>> = {
  redact_all_events: msg`Redact a user’s messages`,
  purge_history: msg`Purge the history of a room`,
  purge_room: msg`Purge a room`,
  shutdown_and_purge_room: msg`Shut down and purge a room`,
  delete_device_messages: msg`Delete messages to a session`,
  update_join_states: msg`Update a user’s name in rooms`,
};

export const STATUS_MARKS: Readonly<Record<TaskStatus, Mark>> = {
  scheduled: { label: msg`scheduled`, tone: 'plain' },
  active: { label: msg`running`, tone: 'note' },
  complete: { label: msg`complete`, tone: 'good' },
  failed: { label: msg`failed`, tone: 'grave' },
  cancelled: { label: msg`cancelled`, tone: 'warning' },
};
