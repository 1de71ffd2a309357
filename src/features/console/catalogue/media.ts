import { msg } from '@lingui/core/macro';
import { choice, DIRECTION, flag, needed, number, PAGE, type Chapter } from './entry';

const V1 = '/_synapse/admin/v1';

const SWEEP = [needed(number('before_ts')), number('size_gt'), flag('keep_profiles')];
const SWEEPS = msg`Deletes every local file that was last opened before this time. Messages lose their files. It can’t be undone.`;
const OF_USER = [
  ...PAGE,
  choice(
    'order_by',
    'media_id,upload_name,created_ts,last_access_ts,media_length,media_type,quarantined_by,safe_from_quarantine',
  ),
  DIRECTION,
];

export const MEDIA: Chapter = {
  label: msg`Media`,
  entries: [
    {
      method: 'GET',
      template: `${V1}/media/{server_name}/{media_id}`,
      about: msg`Shows what the homeserver knows about a file.`,
      since: '1.140',
    },
    {
      method: 'DELETE',
      template: `${V1}/media/{server_name}/{media_id}`,
      about: msg`Deletes a local file.`,
      destroys: msg`Deletes the file, also if it is protected, quarantined or an avatar. It can’t be undone.`,
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/media`,
      about: msg`Lists the files that a user uploaded.`,
      query: OF_USER,
    },
    {
      method: 'DELETE',
      template: `${V1}/users/{user_id}/media`,
      about: msg`Deletes one page of a user’s files: the newest 100, unless asked otherwise.`,
      query: OF_USER,
      since: '1.41',
      destroys: msg`Deletes up to 100 files at once, protected ones and avatars too. It can’t be undone.`,
    },
    {
      method: 'GET',
      template: `${V1}/room/{room_id}/media`,
      about: msg`Lists the files in unencrypted messages of a room.`,
    },
    {
      method: 'POST',
      template: `${V1}/media/quarantine/{server_name}/{media_id}`,
      about: msg`Quarantines a file and all with the same content: nobody can download them.`,
    },
    {
      method: 'POST',
      template: `${V1}/media/unquarantine/{server_name}/{media_id}`,
      about: msg`Ends the quarantine of a file and of all with the same content.`,
    },
    {
      method: 'POST',
      template: `${V1}/media/protect/{media_id}`,
      about: msg`Protects a local file from quarantine and from deletion by date.`,
    },
    {
      method: 'POST',
      template: `${V1}/media/unprotect/{media_id}`,
      about: msg`Ends the protection of a local file.`,
    },
    {
      method: 'POST',
      template: `${V1}/room/{room_id}/media/quarantine`,
      about: msg`Quarantines all files in unencrypted messages of a room.`,
    },
    {
      method: 'POST',
      template: `${V1}/quarantine_media/{room_id}`,
      about: msg`Quarantines all files in unencrypted messages of a room.`,
      advice: msg`This is the older form of the one below room/.`,
    },
    {
      method: 'POST',
      template: `${V1}/user/{user_id}/media/quarantine`,
      about: msg`Quarantines all files that a local user uploaded.`,
    },
    {
      method: 'GET',
      template: `${V1}/media/quarantine_changes`,
      about: msg`Lists which files were quarantined and released, in order.`,
      query: [number('from')],
      since: '1.152',
    },
    {
      method: 'POST',
      template: `${V1}/media/delete`,
      about: msg`Deletes local files by when they were last opened. Avatars and protected files stay.`,
      query: SWEEP,
      since: '1.78',
      destroys: SWEEPS,
    },
    {
      method: 'POST',
      template: `${V1}/media/{server_name}/delete`,
      about: msg`Deletes local files by when they were last opened. Avatars and protected files stay.`,
      query: SWEEP,
      destroys: SWEEPS,
      advice: msg`This is the older form of media/delete.`,
    },
    {
      method: 'POST',
      template: `${V1}/purge_media_cache`,
      about: msg`Deletes cached files of other servers by when they were last opened.`,
      query: [needed(number('before_ts'))],
      destroys: msg`Deletes cached files. Those whose server is gone can’t be fetched again.`,
    },
  ],
};
