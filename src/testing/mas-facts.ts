/**
 * Facts of MAS's Admin API, as its own description tells them: `docs/api/spec.json` of element-hq/matrix-authentication-service at
 * 682b8d26d3b3 (1.22.0, 7 August 2026). The least that a request or an answer can be checked by, and none of its words.
 *
 * A type is followed by `?` where the value may be missing, and by `|null` where it may be null. `in:` lists what it may be.
 */
export interface Operation {
  /** Takes `page[…]` and `count`. */
  readonly paged?: true;
  /** Of `filter[…]`. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, string>>;
  readonly bodyOptional?: true;
  /** By status: a thing, a page of things, an error, or nothing. `=` is a bare object. */
  readonly answers: Readonly<Record<string, string>>;
}

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /compat-sessions': {
    paged: true,
    filters: {
      user: 'ulid',
      'user-session': 'ulid',
      status: 'in:active,finished',
      'created-before': 'time',
      'created-after': 'time',
      'last-active-before': 'time',
      'last-active-after': 'time',
    },
    answers: { 200: 'page CompatSession', 404: 'error' },
  },
  'GET /compat-sessions/{id}': { answers: { 200: 'CompatSession', 404: 'error' } },
  'POST /compat-sessions/{id}/finish': { answers: { 200: 'CompatSession', 400: 'error', 404: 'error' } },
  'GET /oauth2-clients': {
    paged: true,
    filters: {
      'client-kind': 'in:dynamic,static',
      'client-name': 'string',
      'client-uri': 'string',
      'grant-type': 'string',
      'has-active-sessions': 'boolean',
    },
    answers: { 200: 'page OAuth2Client', 400: 'error' },
  },
  'GET /oauth2-clients/{id}': { answers: { 200: 'OAuth2Client', 404: 'error' } },
  'GET /oauth2-sessions': {
    paged: true,
    filters: {
      user: 'ulid',
      client: 'list ulid',
      'client-kind': 'in:dynamic,static',
      'user-session': 'ulid',
      scope: 'list string',
      status: 'in:active,finished',
      'created-before': 'time',
      'created-after': 'time',
      'last-active-before': 'time',
      'last-active-after': 'time',
    },
    answers: { 200: 'page OAuth2Session', 404: 'error', 400: 'error' },
  },
  'GET /oauth2-sessions/{id}': { answers: { 200: 'OAuth2Session', 404: 'error' } },
  'POST /oauth2-sessions/{id}/finish': { answers: { 200: 'OAuth2Session', 400: 'error', 404: 'error' } },
  'GET /personal-sessions': {
    paged: true,
    filters: {
      owner_user: 'ulid',
      owner_client: 'ulid',
      actor_user: 'ulid',
      scope: 'list string',
      status: 'in:active,revoked',
      expires_before: 'time',
      expires_after: 'time',
      expires: 'boolean',
    },
    answers: { 200: 'page PersonalSession', 404: 'error' },
  },
  'POST /personal-sessions': {
    body: { actor_user_id: 'ulid', human_name: 'string', scope: 'string', expires_in: 'integer?|null' },
    answers: { 201: 'PersonalSession', 400: 'error', 404: 'error' },
  },
  'GET /personal-sessions/{id}': { answers: { 200: 'PersonalSession', 404: 'error' } },
  'POST /personal-sessions/{id}/regenerate': {
    body: { expires_in: 'integer?|null' },
    answers: { 201: 'PersonalSession', 404: 'error' },
  },
  'POST /personal-sessions/{id}/revoke': { answers: { 200: 'PersonalSession', 404: 'error', 409: 'error' } },
  'POST /policy-data': { body: { data: 'any' }, answers: { 201: 'PolicyData', 400: 'error' } },
  'GET /policy-data/latest': { answers: { 200: 'PolicyData', 404: 'error' } },
  'GET /policy-data/{id}': { answers: { 200: 'PolicyData', 404: 'error' } },
  'GET /site-config': { answers: { 200: '=SiteConfig' } },
  'GET /upstream-oauth-links': {
    paged: true,
    filters: { user: 'ulid', provider: 'ulid', subject: 'string', 'human-account-name': 'string' },
    answers: { 200: 'page UpstreamOAuthLink', 404: 'error' },
  },
  'POST /upstream-oauth-links': {
    body: { user_id: 'ulid', provider_id: 'ulid', subject: 'string', human_account_name: 'string?|null' },
    answers: { 200: 'UpstreamOAuthLink', 201: 'UpstreamOAuthLink', 409: 'error', 404: 'error' },
  },
  'DELETE /upstream-oauth-links/{id}': { answers: { 204: '', 404: 'error' } },
  'GET /upstream-oauth-links/{id}': { answers: { 200: 'UpstreamOAuthLink', 404: 'error' } },
  'GET /upstream-oauth-providers': {
    paged: true,
    filters: { enabled: 'boolean' },
    answers: { 200: 'page UpstreamOAuthProvider' },
  },
  'GET /upstream-oauth-providers/{id}': { answers: { 200: 'UpstreamOAuthProvider', 404: 'error' } },
  'GET /user-emails': {
    paged: true,
    filters: { user: 'ulid', email: 'string' },
    answers: { 200: 'page UserEmail', 404: 'error' },
  },
  'POST /user-emails': {
    body: { user_id: 'ulid', email: 'email' },
    answers: { 201: 'UserEmail', 409: 'error', 400: 'error', 404: 'error' },
  },
  'DELETE /user-emails/{id}': { answers: { 204: '', 404: 'error' } },
  'GET /user-emails/{id}': { answers: { 200: 'UserEmail', 404: 'error' } },
  'GET /user-registration-tokens': {
    paged: true,
    filters: { used: 'boolean', revoked: 'boolean', expired: 'boolean', valid: 'boolean' },
    answers: { 200: 'page UserRegistrationToken' },
  },
  'POST /user-registration-tokens': {
    body: { token: 'string?|null', usage_limit: 'integer?|null', expires_at: 'time?|null' },
    answers: { 201: 'UserRegistrationToken' },
  },
  'GET /user-registration-tokens/{id}': { answers: { 200: 'UserRegistrationToken', 404: 'error' } },
  'PUT /user-registration-tokens/{id}': {
    body: { expires_at: 'time?|null', usage_limit: 'integer?|null' },
    answers: { 200: 'UserRegistrationToken', 404: 'error' },
  },
  'POST /user-registration-tokens/{id}/revoke': {
    answers: { 200: 'UserRegistrationToken', 400: 'error', 404: 'error' },
  },
  'POST /user-registration-tokens/{id}/unrevoke': {
    answers: { 200: 'UserRegistrationToken', 400: 'error', 404: 'error' },
  },
  'GET /user-sessions': {
    paged: true,
    filters: {
      user: 'ulid',
      status: 'in:active,finished',
      'created-before': 'time',
      'created-after': 'time',
      'last-active-before': 'time',
      'last-active-after': 'time',
    },
    answers: { 200: 'page UserSession', 404: 'error' },
  },
  'GET /user-sessions/{id}': { answers: { 200: 'UserSession', 404: 'error' } },
  'POST /user-sessions/{id}/finish': { answers: { 200: 'UserSession', 400: 'error', 404: 'error' } },
  'GET /users': {
    paged: true,
    filters: {
      admin: 'boolean',
      'legacy-guest': 'boolean',
      search: 'string',
      status: 'in:active,locked,deactivated',
      'active-oauth2-client': 'list ulid',
      'has-active-oauth2-session': 'boolean',
      'has-active-compat-session': 'boolean',
    },
    answers: { 200: 'page User', 404: 'error' },
  },
  'POST /users': {
    body: {
      username: 'string',
      skip_homeserver_check: 'boolean?',
      displayname: 'string?|null',
      avatar_url: 'string?|null',
    },
    answers: { 201: 'User', 400: 'error', 409: 'error' },
  },
  'GET /users/by-username/{username}': { answers: { 200: 'User', 404: 'error' } },
  'GET /users/{id}': { answers: { 200: 'User', 404: 'error' } },
  'POST /users/{id}/deactivate': {
    body: { skip_erase: 'boolean?' },
    bodyOptional: true,
    answers: { 200: 'User', 404: 'error' },
  },
  'POST /users/{id}/lock': { answers: { 200: 'User', 404: 'error' } },
  'POST /users/{id}/reactivate': { answers: { 200: 'User', 404: 'error' } },
  'POST /users/{id}/set-admin': { body: { admin: 'boolean' }, answers: { 200: 'User', 404: 'error' } },
  'POST /users/{id}/set-password': {
    body: { password: 'string', skip_password_check: 'boolean?|null' },
    answers: { 204: '', 400: 'error', 403: 'error', 404: 'error' },
  },
  'POST /users/{id}/unlock': { answers: { 200: 'User', 404: 'error' } },
  'GET /version': { answers: { 200: '=Version' } },
};

/** What is told of each kind of thing. */
export const THINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '=SiteConfig': {
    server_name: 'string',
    password_login_enabled: 'boolean',
    password_registration_enabled: 'boolean',
    password_registration_email_required: 'boolean',
    password_registration_token_required: 'boolean',
    registration_token_required: 'boolean',
    email_change_allowed: 'boolean',
    displayname_change_allowed: 'boolean',
    password_change_allowed: 'boolean',
    account_recovery_allowed: 'boolean',
    account_deactivation_allowed: 'boolean',
    captcha_enabled: 'boolean',
    minimum_password_complexity: 'integer',
  },
  '=Version': { version: 'string' },
  CompatSession: {
    user_id: 'ulid',
    device_id: 'string?|null',
    user_session_id: 'ulid?|null',
    redirect_uri: 'uri?|null',
    created_at: 'time',
    user_agent: 'string?|null',
    last_active_at: 'time?|null',
    last_active_ip: 'ip?|null',
    finished_at: 'time?|null',
    human_name: 'string?|null',
  },
  OAuth2Client: {
    client_id: 'string',
    client_name: 'string?|null',
    client_uri: 'uri?|null',
    logo_uri: 'uri?|null',
    redirect_uris: 'list uri',
    grant_types: 'list string',
    is_static: 'boolean',
  },
  OAuth2Session: {
    created_at: 'time',
    finished_at: 'time?|null',
    user_id: 'ulid?|null',
    user_session_id: 'ulid?|null',
    client_id: 'ulid',
    scope: 'string',
    user_agent: 'string?|null',
    last_active_at: 'time?|null',
    last_active_ip: 'ip?|null',
    human_name: 'string?|null',
  },
  PersonalSession: {
    created_at: 'time',
    revoked_at: 'time?|null',
    owner_user_id: 'ulid?|null',
    owner_client_id: 'ulid?|null',
    actor_user_id: 'ulid',
    human_name: 'string',
    scope: 'string',
    last_active_at: 'time?|null',
    last_active_ip: 'ip?|null',
    expires_at: 'time?|null',
    access_token: 'string?|null',
  },
  PolicyData: { created_at: 'time', data: 'any' },
  UpstreamOAuthLink: {
    created_at: 'time',
    provider_id: 'ulid',
    subject: 'string',
    user_id: 'ulid?|null',
    human_account_name: 'string?|null',
  },
  UpstreamOAuthProvider: {
    issuer: 'string?|null',
    human_name: 'string?|null',
    brand_name: 'string?|null',
    created_at: 'time',
    disabled_at: 'time?|null',
    registration_token_required: 'boolean',
  },
  User: {
    username: 'string',
    created_at: 'time',
    locked_at: 'time?|null',
    deactivated_at: 'time?|null',
    admin: 'boolean',
    legacy_guest: 'boolean',
  },
  UserEmail: { created_at: 'time', user_id: 'ulid', email: 'string' },
  UserRegistrationToken: {
    token: 'string',
    valid: 'boolean',
    usage_limit: 'integer?|null',
    times_used: 'integer',
    created_at: 'time',
    last_used_at: 'time?|null',
    expires_at: 'time?|null',
    revoked_at: 'time?|null',
  },
  UserSession: {
    created_at: 'time',
    finished_at: 'time?|null',
    user_id: 'ulid',
    user_agent: 'string?|null',
    last_active_at: 'time?|null',
    last_active_ip: 'ip?|null',
  },
};
