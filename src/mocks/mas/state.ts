/**
 * What MAS keeps, apart from Synapse: two tables of users. Field names are those of its Admin API. Times are epoch ms; ids are ULIDs in
 * the order in which things were made.
 */
export interface MasUserRow {
  readonly id: string;
  readonly username: string;
  readonly created_at: number;
  locked_at: number | null;
  deactivated_at: number | null;
  /** May ask for admin scopes when consenting. */
  admin: boolean;
  legacy_guest: boolean;
  /** Null: none was set. Deactivation keeps it. */
  password: string | null;
}

export interface MasEmailRow {
  readonly id: string;
  readonly created_at: number;
  readonly user_id: string;
  readonly email: string;
}

interface SessionRow {
  readonly id: string;
  readonly created_at: number;
  finished_at: number | null;
  user_agent: string | null;
  last_active_at: number | null;
  last_active_ip: string | null;
}

export interface BrowserSessionRow extends SessionRow {
  readonly user_id: string;
}

export interface OAuthSessionRow extends SessionRow {
  readonly user_id: string | null;
  readonly user_session_id: string | null;
  /** The id of the client. */
  readonly client_id: string;
  readonly scopes: readonly string[];
  human_name: string | null;
}

export interface CompatSessionRow extends SessionRow {
  readonly user_id: string;
  readonly device_id: string | null;
  readonly user_session_id: string | null;
  readonly redirect_uri: string | null;
  human_name: string | null;
}

export interface PersonalSessionRow {
  readonly id: string;
  readonly created_at: number;
  revoked_at: number | null;
  readonly owner_user_id: string | null;
  readonly owner_client_id: string | null;
  readonly actor_user_id: string;
  readonly human_name: string;
  readonly scopes: readonly string[];
  last_active_at: number | null;
  last_active_ip: string | null;
  expires_at: number | null;
}

export interface MasClientRow {
  /** Also its `client_id`. */
  readonly id: string;
  client_name: string | null;
  client_uri: string | null;
  logo_uri: string | null;
  redirect_uris: readonly string[];
  grant_types: readonly string[];
  is_static: boolean;
  application_type: 'web' | 'native';
  /** Null: left out of the registration; then no token is ever given. */
  token_endpoint_auth_method: string | null;
  /** Of the metadata that it was registered with: the same again is the same client. */
  digest: string | null;
}

export interface AccessTokenRow {
  readonly token: string;
  readonly of: 'oauth2' | 'compat' | 'personal';
  readonly session_id: string;
  readonly created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  /** When Synapse saw it first: from then on the refresh token before it is dead. The Admin API does not count. */
  used_at: number | null;
}

export interface RefreshTokenRow {
  readonly token: string;
  readonly session_id: string;
  readonly created_at: number;
  /** The access token that was given with it. */
  readonly access_token: string;
  consumed_at: number | null;
  /** The refresh token that it was exchanged for. */
  next: string | null;
  revoked_at: number | null;
}

export interface UpstreamProviderRow {
  readonly id: string;
  issuer: string | null;
  human_name: string | null;
  brand_name: string | null;
  readonly created_at: number;
  disabled_at: number | null;
  registration_token_required: boolean;
}

export interface UpstreamLinkRow {
  readonly id: string;
  readonly created_at: number;
  readonly provider_id: string;
  readonly subject: string;
  user_id: string | null;
  human_account_name: string | null;
}

export interface MasRegistrationTokenRow {
  readonly id: string;
  readonly token: string;
  usage_limit: number | null;
  times_used: number;
  readonly created_at: number;
  last_used_at: number | null;
  expires_at: number | null;
  revoked_at: number | null;
}

export interface PolicyDataRow {
  readonly id: string;
  readonly created_at: number;
  readonly data: unknown;
}

export interface MasJob {
  readonly id: string;
  readonly kind: 'provision' | 'sync-devices' | 'deactivate';
  readonly user_id: string;
  /** Of a deactivation. */
  readonly erase: boolean;
  attempts: number;
}

/** What MAS's configuration says, as far as answers depend on it. */
export interface MasConfig {
  password_login_enabled: boolean;
  password_registration_enabled: boolean;
  password_registration_email_required: boolean;
  registration_token_required: boolean;
  email_change_allowed: boolean;
  displayname_change_allowed: boolean;
  password_change_allowed: boolean;
  account_recovery_allowed: boolean;
  account_deactivation_allowed: boolean;
  captcha_enabled: boolean;
  minimum_password_complexity: number;
}

export class MasState {
  readonly users = new Map<string, MasUserRow>();
  /** By username: there are thousands, and each row of a list is looked up by it. */
  readonly idsByName = new Map<string, string>();
  readonly emails = new Map<string, MasEmailRow>();
  readonly browserSessions = new Map<string, BrowserSessionRow>();
  readonly oauthSessions = new Map<string, OAuthSessionRow>();
  readonly compatSessions = new Map<string, CompatSessionRow>();
  readonly personalSessions = new Map<string, PersonalSessionRow>();
  readonly clients = new Map<string, MasClientRow>();
  /** By the token itself. */
  readonly accessTokens = new Map<string, AccessTokenRow>();
  readonly refreshTokens = new Map<string, RefreshTokenRow>();
  readonly providers = new Map<string, UpstreamProviderRow>();
  readonly links = new Map<string, UpstreamLinkRow>();
  readonly registrationTokens = new Map<string, MasRegistrationTokenRow>();
  readonly policyData = new Map<string, PolicyDataRow>();
  /** In the order in which they will run. */
  readonly jobs: MasJob[] = [];
  readonly config: MasConfig = {
    password_login_enabled: true,
    password_registration_enabled: false,
    password_registration_email_required: true,
    registration_token_required: false,
    email_change_allowed: true,
    displayname_change_allowed: true,
    password_change_allowed: true,
    account_recovery_allowed: false,
    account_deactivation_allowed: false,
    captcha_enabled: false,
    minimum_password_complexity: 3,
  };

  addUser(row: MasUserRow): MasUserRow {
    this.users.set(row.id, row);
    this.idsByName.set(row.username, row.id);
    return row;
  }

  /** In any case, unless two differ only by case. */
  userNamed(username: string): MasUserRow | undefined {
    const id = this.idsByName.get(username) ?? this.idsByName.get(username.toLowerCase());
    return id === undefined ? undefined : this.users.get(id);
  }
}
