import { msg } from '@lingui/core/macro';
import { choice, DIRECTION, flag, number, PAGE, text, type Chapter } from './entry';

const V1 = '/_synapse/admin/v1';

const DISMISSES = msg`Deletes the report for everyone. It can’t be undone.`;

export const REPORTS: Chapter = {
  label: msg`Reports and notices`,
  entries: [
    {
      method: 'GET',
      template: `${V1}/event_reports`,
      about: msg`Lists the messages that users reported.`,
      query: [...PAGE, DIRECTION, text('user_id'), text('room_id'), text('event_sender_user_id')],
    },
    { method: 'GET', template: `${V1}/event_reports/{report_id}`, about: msg`Shows a report with its message.` },
    {
      method: 'DELETE',
      template: `${V1}/event_reports/{report_id}`,
      about: msg`Dismisses the report of a message.`,
      since: '1.79',
      destroys: DISMISSES,
    },
    {
      method: 'GET',
      template: `${V1}/user_reports`,
      about: msg`Lists the users that other users reported.`,
      query: [...PAGE, DIRECTION, text('user_id'), text('target_user_id')],
      since: '1.152',
    },
    {
      method: 'GET',
      template: `${V1}/user_reports/{report_id}`,
      about: msg`Shows the report of a user.`,
      since: '1.152',
    },
    {
      method: 'DELETE',
      template: `${V1}/user_reports/{report_id}`,
      about: msg`Dismisses the report of a user.`,
      since: '1.152',
      destroys: DISMISSES,
    },
    {
      method: 'POST',
      template: `${V1}/send_server_notice`,
      about: msg`Sends a server notice to a user. Sent twice, it arrives twice.`,
      body: { user_id: '', content: { msgtype: 'm.text', body: '' } },
    },
    {
      method: 'PUT',
      template: `${V1}/send_server_notice/{txn_id}`,
      about: msg`Sends a server notice to a user. Sent again with the same ID within half an hour, it arrives once.`,
      body: { user_id: '', content: { msgtype: 'm.text', body: '' } },
    },
  ],
};

export const TOKENS: Chapter = {
  label: msg`Registration tokens`,
  entries: [
    {
      method: 'GET',
      template: `${V1}/registration_tokens`,
      about: msg`Lists the registration tokens.`,
      query: [flag('valid')],
      since: '1.42',
      mas: 'gone',
    },
    {
      method: 'POST',
      template: `${V1}/registration_tokens/new`,
      about: msg`Creates a registration token. Without one in the body, Synapse makes it up.`,
      body: { uses_allowed: 1, expiry_time: null },
      since: '1.42',
      mas: 'gone',
    },
    {
      method: 'GET',
      template: `${V1}/registration_tokens/{token}`,
      about: msg`Shows one registration token.`,
      since: '1.42',
      mas: 'gone',
    },
    {
      method: 'PUT',
      template: `${V1}/registration_tokens/{token}`,
      about: msg`Changes how often and how long a registration token can be used.`,
      body: { uses_allowed: 1, expiry_time: null },
      since: '1.42',
      mas: 'gone',
    },
    {
      method: 'DELETE',
      template: `${V1}/registration_tokens/{token}`,
      about: msg`Deletes a registration token.`,
      since: '1.42',
      mas: 'gone',
      destroys: msg`Nobody can register with this token any more, and its counts are lost.`,
    },
  ],
};

export const FEDERATION: Chapter = {
  label: msg`Federation`,
  entries: [
    {
      method: 'GET',
      template: `${V1}/federation/destinations`,
      about: msg`Lists the other servers that this one talks to, and which can’t be reached.`,
      query: [
        ...PAGE,
        text('destination'),
        choice('order_by', 'destination,retry_last_ts,retry_interval,failure_ts,last_successful_stream_ordering'),
        DIRECTION,
      ],
      since: '1.49',
    },
    {
      method: 'GET',
      template: `${V1}/federation/destinations/{destination}`,
      about: msg`Shows whether another server can be reached.`,
      since: '1.49',
    },
    {
      method: 'GET',
      template: `${V1}/federation/destinations/{destination}/rooms`,
      about: msg`Lists the rooms shared with another server.`,
      query: [...PAGE, DIRECTION],
      since: '1.52',
    },
    {
      method: 'POST',
      template: `${V1}/federation/destinations/{destination}/reset_connection`,
      about: msg`Lets Synapse try another server again at once.`,
      since: '1.52',
    },
  ],
};

export const SERVER: Chapter = {
  label: msg`Homeserver`,
  entries: [
    { method: 'GET', template: `${V1}/server_version`, about: msg`Shows the version of Synapse.` },
    {
      method: 'GET',
      template: `${V1}/background_updates/status`,
      about: msg`Shows which background update runs, and how far it is.`,
      since: '1.48',
    },
    {
      method: 'GET',
      template: `${V1}/background_updates/enabled`,
      about: msg`Shows whether background updates are on.`,
      since: '1.48',
    },
    {
      method: 'POST',
      template: `${V1}/background_updates/enabled`,
      about: msg`Pauses or resumes background updates, until Synapse restarts.`,
      body: { enabled: true },
      since: '1.48',
    },
    {
      method: 'POST',
      template: `${V1}/background_updates/start_job`,
      about: msg`Starts a job that repairs statistics or the user directory, or signs events anew.`,
      body: { job_name: 'populate_stats_process_rooms' },
      since: '1.48',
    },
    {
      method: 'GET',
      template: `${V1}/scheduled_tasks`,
      about: msg`Lists Synapse’s own tasks: deletions, purges and redactions.`,
      query: [
        text('action_name'),
        text('resource_id'),
        choice('status', 'scheduled,active,complete,cancelled,failed'),
        number('max_timestamp'),
      ],
      since: '1.130',
    },
    {
      method: 'GET',
      template: `${V1}/statistics/users/media`,
      about: msg`Counts files and bytes by user.`,
      query: [
        ...PAGE,
        number('from_ts'),
        number('until_ts'),
        text('search_term'),
        choice('order_by', 'user_id,displayname,media_length,media_count'),
        DIRECTION,
      ],
    },
    {
      method: 'GET',
      template: `${V1}/statistics/database/rooms`,
      about: msg`Estimates which ten rooms take most of the database (PostgreSQL only).`,
      since: '1.83',
    },
  ],
};
