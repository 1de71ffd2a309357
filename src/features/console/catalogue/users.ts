import { msg } from '@lingui/core/macro';
import { choice, DIRECTION, flag, needed, number, PAGE, text, type Chapter } from './entry';

const V1 = '/_synapse/admin/v1';
const V2 = '/_synapse/admin/v2';

const LIST = [
  ...PAGE,
  text('name'),
  text('user_id'),
  flag('guests'),
  flag('admins'),
  flag('deactivated'),
  flag('locked'),
  text('not_user_type'),
  choice(
    'order_by',
    'name,displayname,is_guest,admin,deactivated,user_type,avatar_url,shadow_banned,creation_ts,last_seen_ts,locked',
  ),
  DIRECTION,
];

export const USERS: Chapter = {
  label: msg`Users`,
  entries: [
    {
      method: 'GET',
      template: `${V2}/users`,
      about: msg`Lists users without deactivated ones, unless asked for. Behind MAS, set guests to false.`,
      query: LIST,
    },
    {
      method: 'GET',
      template: '/_synapse/admin/v3/users',
      about: msg`Lists users. Locked users are only included with locked=true. Behind MAS, set guests to false.`,
      query: LIST,
      since: '1.103',
    },
    {
      method: 'GET',
      template: `${V2}/users/{user_id}`,
      about: msg`Shows one user: account, profile, email addresses, phone numbers and external IDs.`,
    },
    {
      method: 'PUT',
      template: `${V2}/users/{user_id}`,
      about: msg`Creates a user, or changes those fields of a user that the body names.`,
      body: { displayname: '' },
      destroys: msg`Lists such as external_ids and threepids are replaced as a whole. If there is no such user, an account is created.`,
    },
    {
      method: 'GET',
      template: `${V1}/whois/{user_id}`,
      about: msg`Shows the IP addresses and clients that a user connected from.`,
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/joined_rooms`,
      about: msg`Lists the rooms that a user is in.`,
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/memberships`,
      about: msg`Lists a user’s memberships in all rooms: joined, invited, left, banned.`,
      since: '1.145',
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/sent_invite_count`,
      about: msg`Counts the invitations that a user sent since a time in milliseconds.`,
      query: [needed(number('from_ts'))],
      since: '1.122',
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/cumulative_joined_room_count`,
      about: msg`Counts the rooms that a user joined since a time in milliseconds.`,
      query: [needed(number('from_ts'))],
      since: '1.122',
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/accountdata`,
      about: msg`Shows a user’s account data, of the account and of each room.`,
      since: '1.50',
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/pushers`,
      about: msg`Lists where a user’s notifications are pushed to.`,
    },
    {
      method: 'GET',
      template: `${V1}/auth_providers/{provider}/users/{external_id}`,
      about: msg`Finds the user who has an external ID (SSO).`,
      since: '1.68',
    },
    {
      method: 'GET',
      template: `${V1}/threepid/{medium}/users/{address}`,
      about: msg`Finds the user who has an email address (medium email) or a phone number (medium msisdn).`,
      since: '1.72',
    },
    {
      method: 'GET',
      template: `${V1}/username_available`,
      about: msg`Checks whether a username can be registered.`,
      query: [needed(text('username'))],
      since: '1.41',
    },
    {
      method: 'GET',
      template: `${V1}/search_users/{user_id}`,
      about: msg`Searches users by part of their ID. The answer holds password hashes.`,
      query: [needed(text('term'))],
      advice: msg`The answer holds everyone’s password hash. List users instead.`,
    },
    {
      method: 'GET',
      template: `${V1}/register`,
      about: msg`Gets a nonce for registering a user with the shared secret.`,
      mas: 'gone',
      advice: msg`The shared secret doesn’t belong in a browser. Create users with PUT instead.`,
    },
    {
      method: 'POST',
      template: `${V1}/register`,
      about: msg`Registers a user with the shared secret.`,
      body: { nonce: '', username: '', password: '', admin: false, mac: '' },
      mas: 'gone',
      advice: msg`The shared secret doesn’t belong in a browser. Create users with PUT instead.`,
    },
  ],
};

export const ACCOUNTS: Chapter = {
  label: msg`Accounts`,
  entries: [
    {
      method: 'POST',
      template: `${V1}/deactivate/{user_id}`,
      about: msg`Deactivates a user, and erases them if asked to.`,
      body: { erase: false },
      destroys: msg`Ends all sessions and removes the password, email addresses, keys and account data. The user leaves all rooms.`,
    },
    {
      method: 'PUT',
      template: `${V1}/suspend/{user_id}`,
      about: msg`Suspends a user or ends the suspension. A suspended user can read but not write.`,
      body: { suspend: true },
      since: '1.110',
    },
    {
      method: 'POST',
      template: `${V1}/users/{user_id}/shadow_ban`,
      about: msg`Shadow-bans a user: what they send reaches nobody.`,
      mas: 'no-effect',
    },
    {
      method: 'DELETE',
      template: `${V1}/users/{user_id}/shadow_ban`,
      about: msg`Ends the shadow-ban of a user.`,
      since: '1.48',
      mas: 'no-effect',
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/admin`,
      about: msg`Shows whether a user is a server admin.`,
      mas: 'gone',
    },
    {
      method: 'PUT',
      template: `${V1}/users/{user_id}/admin`,
      about: msg`Makes a user a server admin, or revokes it.`,
      body: { admin: true },
      mas: 'gone',
    },
    {
      method: 'POST',
      template: `${V1}/reset_password/{user_id}`,
      about: msg`Sets a new password for a user.`,
      body: { new_password: '', logout_devices: true },
      mas: 'gone',
      destroys: msg`The old password stops working. With logout_devices, all sessions of the user end.`,
    },
    {
      method: 'POST',
      template: `${V1}/users/{user_id}/login`,
      about: msg`Gets an access token that acts as this user.`,
      body: { valid_until_ms: 0 },
      mas: 'gone',
    },
    {
      method: 'POST',
      template: `${V1}/account_validity/validity`,
      about: msg`Sets when an account expires, where account validity is configured.`,
      body: { user_id: '', expiration_ts: 0, enable_renewal_emails: true },
      mas: 'gone',
    },
    {
      method: 'GET',
      template: `${V1}/users/{user_id}/override_ratelimit`,
      about: msg`Shows the rate limit that overrides the configured one for a user.`,
    },
    {
      method: 'POST',
      template: `${V1}/users/{user_id}/override_ratelimit`,
      about: msg`Sets a rate limit for a user. Zero for both lifts the limit.`,
      body: { messages_per_second: 0, burst_count: 0 },
    },
    {
      method: 'DELETE',
      template: `${V1}/users/{user_id}/override_ratelimit`,
      about: msg`Removes a user’s own rate limit. The configured one applies again.`,
    },
    {
      method: 'POST',
      template: `${V1}/users/{user_id}/_allow_cross_signing_replacement_without_uia`,
      about: msg`Lets a user replace their cross-signing keys without a password for ten minutes.`,
      since: '1.97',
    },
    {
      method: 'GET',
      template: `${V1}/experimental_features/{user_id}`,
      about: msg`Lists the experimental features that can be switched on for a user.`,
      since: '1.83',
    },
    {
      method: 'PUT',
      template: `${V1}/experimental_features/{user_id}`,
      about: msg`Switches experimental features on or off for a user.`,
      body: { features: { msc3881: true } },
      since: '1.83',
    },
    {
      method: 'POST',
      template: `${V1}/user/{user_id}/redact`,
      about: msg`Redacts what a user sent. An empty list of rooms means all rooms they are in now.`,
      body: { rooms: [], reason: '' },
      since: '1.116',
      destroys: msg`Removes the content of messages for everyone. It can’t be undone.`,
    },
    {
      method: 'GET',
      template: `${V1}/user/redact_status/{redact_id}`,
      about: msg`Shows how far a redaction of a user’s messages is, and which events failed.`,
      since: '1.116',
    },
  ],
};

export const DEVICES: Chapter = {
  label: msg`Sessions`,
  entries: [
    {
      method: 'GET',
      template: `${V2}/users/{user_id}/devices`,
      about: msg`Lists a user’s sessions.`,
    },
    {
      method: 'POST',
      template: `${V2}/users/{user_id}/devices`,
      about: msg`Creates a device without an access token. Bridges need this.`,
      body: { device_id: '' },
      since: '1.85',
    },
    {
      method: 'GET',
      template: `${V2}/users/{user_id}/devices/{device_id}`,
      about: msg`Shows one session of a user.`,
    },
    {
      method: 'PUT',
      template: `${V2}/users/{user_id}/devices/{device_id}`,
      about: msg`Renames a session.`,
      body: { display_name: '' },
    },
    {
      method: 'DELETE',
      template: `${V2}/users/{user_id}/devices/{device_id}`,
      about: msg`Ends one session of a user.`,
      destroys: msg`Signs that client out. Encrypted history that only it can read may be lost.`,
    },
    {
      method: 'POST',
      template: `${V2}/users/{user_id}/delete_devices`,
      about: msg`Ends several sessions of a user.`,
      body: { devices: [''] },
      destroys: msg`Signs those clients out. Encrypted history that only they can read may be lost.`,
    },
  ],
};
