/**
 * The rows a homeserver keeps. Field names are Synapse's columns, so that a test that mutates a row and the rule that answers
 * from it speak one language. Times are epoch ms unless said otherwise, sizes bytes.
 */
export interface Threepid {
  medium: 'email' | 'msisdn';
  address: string;
  validated_at: number;
  added_at: number;
}

export interface ExternalId {
  auth_provider: string;
  external_id: string;
}

export interface Device {
  device_id: string;
  display_name: string | null;
  last_seen_user_agent: string | null;
  last_seen_ts: number | null;
  last_seen_ip: string | null;
  dehydrated?: boolean;
}

/** A row of `user_ips`; Synapse prunes it after 28 days. */
export interface Connection {
  ip: string;
  last_seen: number;
  user_agent: string;
}

export interface Pusher {
  app_display_name: string;
  app_id: string;
  data: Record<string, unknown> | null;
  device_display_name: string;
  kind: string;
  lang: string | null;
  profile_tag: string;
  pushkey: string;
  enabled: boolean;
  device_id: string | null;
}

export interface User {
  readonly name: string;
  displayname: string | null;
  avatar_url: string | null;
  password_hash: string | null;
  admin: boolean;
  deactivated: boolean;
  locked: boolean;
  suspended: boolean;
  shadow_banned: boolean;
  is_guest: boolean;
  erased: boolean;
  user_type: string | null;
  appservice_id: string | null;
  /** SECONDS: the raw column. Lists multiply it, the single-user answer does not (§1.2). */
  creation_ts: number;
  consent_version: string | null;
  consent_ts: number | null;
  consent_server_notice_sent: string | null;
  threepids: Threepid[];
  external_ids: ExternalId[];
  devices: Device[];
  connections: Connection[];
  pushers: Pusher[];
  account_data: { global: Record<string, unknown>; rooms: Record<string, Record<string, unknown>> };
  ratelimit: { messages_per_second: number; burst_count: number } | null;
  experimental_features: Record<string, boolean>;
  /** Until when the account is valid, in ms, and until when its keys can be replaced without a password; null: never set. */
  expiration_ts: number | null;
  keys_updatable_ts: number | null;
  has_master_key: boolean;
  invites_sent_ts: number[];
}

export interface Token {
  user_id: string;
  device_id: string | null;
  valid_until_ms: number | null;
  /** The admin who made it with "login as" (§1.8). */
  puppeted_by: string | null;
  /** OAuth scopes: what decides under MAS (§0.2). */
  scopes: string[];
  /** `false`: revoked or expired at MAS, or known and expired here. */
  active: boolean;
}

export type Membership = 'join' | 'invite' | 'leave' | 'ban' | 'knock';

export interface Member {
  membership: Membership;
  /** When this membership began, ms. */
  since: number;
  /** Only where it differs from the global profile. */
  displayname?: string;
  avatar_url?: string;
  reason?: string;
  forgotten?: boolean;
  /** The event that says so, where it is in the timeline. */
  event?: { event_id: string; sender: string; origin_server_ts: number };
}

export interface RoomEvent {
  event_id: string;
  type: string;
  sender: string;
  origin_server_ts: number;
  content: Record<string, unknown>;
  state_key?: string;
  /** Of a redaction: the event that it redacts. */
  redacts?: string;
  unsigned?: {
    /** Of a state event that took the place of another. */
    replaces_state?: string;
    prev_content?: Record<string, unknown>;
    prev_sender?: string;
    /** Of a redacted event: the redaction. */
    redacted_by?: string;
    redacted_because?: Record<string, unknown>;
  };
}

export interface PowerLevels {
  users: Record<string, number>;
  users_default: number;
  invite: number;
  kick: number;
  /** Where they are not 50. */
  ban?: number;
  redact?: number;
  state_default: number;
  events: Record<string, number>;
}

export interface Room {
  readonly room_id: string;
  name: string | null;
  topic: string | null;
  avatar: string | null;
  canonical_alias: string | null;
  version: string;
  creator: string;
  additional_creators: string[];
  created_ts: number;
  encryption: string | null;
  federatable: boolean;
  /** Listed in the public directory: not the same as `join_rules: 'public'`. */
  public: boolean;
  /** null: no `m.room.join_rules` event at all. */
  join_rules: string | null;
  allow: string[];
  guest_access: string | null;
  history_visibility: string | null;
  room_type: string | null;
  members: Map<string, Member>;
  /** null: no `m.room.power_levels` event. */
  power_levels: PowerLevels | null;
  /** Children of a space, in order. */
  children: string[];
  replacement_room: string | null;
  tombstoned: boolean;
  /** State events that no column holds: sticker packs, widgets. */
  more_state?: { type: string; state_key: string; content: Record<string, unknown> }[];
  /** State events beyond those the model can list. */
  other_state_events: number;
  events: RoomEvent[];
  forward_extremities: { event_id: string; state_group: number; depth: number; received_ts: number | null }[];
  /** So many deletions fail once its members are out, as Synapse#19822 has it. */
  purge_failures?: number;
  /** false: no rows in the stats tables, so the list leaves the room out (§2.1). */
  in_stats: boolean;
}

export interface Alias {
  room_id: string;
  creator: string | null;
  servers: string[];
}

export interface LocalMedia {
  readonly media_id: string;
  user_id: string | null;
  media_type: string | null;
  /** null: reserved, not uploaded yet. */
  media_length: number | null;
  upload_name: string | null;
  created_ts: number;
  last_access_ts: number | null;
  url_cache: string | null;
  quarantined_by: string | null;
  safe_from_quarantine: boolean;
  authenticated: boolean;
  sha256: string | null;
}

export interface RemoteMedia {
  readonly media_origin: string;
  readonly media_id: string;
  filesystem_id: string;
  media_type: string | null;
  media_length: number | null;
  upload_name: string | null;
  created_ts: number;
  last_access_ts: number;
  quarantined_by: string | null;
  authenticated: boolean;
  sha256: string | null;
}

export interface RegistrationToken {
  token: string;
  uses_allowed: number | null;
  pending: number;
  completed: number;
  expiry_time: number | null;
}

export interface EventReport {
  id: number;
  received_ts: number;
  room_id: string;
  event_id: string;
  user_id: string;
  score: number | null;
  reason: string | null;
  sender: string | null;
  event: RoomEvent | null;
}

export interface UserReport {
  id: number;
  received_ts: number;
  target_user_id: string;
  user_id: string;
  reason: string;
}

export interface Destination {
  destination: string;
  /** 0: the connection is well. */
  retry_last_ts: number;
  retry_interval: number;
  failure_ts: number | null;
  last_successful_stream_ordering: number | null;
  rooms: { room_id: string; stream_ordering: number }[];
}

export type TaskStatus = 'scheduled' | 'active' | 'complete' | 'failed' | 'cancelled';

export interface Task {
  readonly id: string;
  action: string;
  status: TaskStatus;
  timestamp_ms: number;
  resource_id: string | null;
  result: Record<string, unknown> | null;
  error: string | null;
  /** When the next step is due, and what it does. Absent for rows that only stand there. */
  due?: number;
  step?: () => Record<string, unknown> | null;
}

export interface IdentityProvider {
  id: string;
  name: string;
  brand?: string;
}

/** What homeserver.yaml would say, as far as answers depend on it. */
export interface Config {
  password_enabled: boolean;
  /** As `m.minimum_length` and the like; empty: nothing is asked of a password. */
  password_policy: Readonly<Record<string, number | boolean>>;
  extra_user_types: string[];
  server_notices: boolean;
  /** Since 1.161: messages that are older, ms, can't be redacted; encrypted ones can. */
  redaction_allowed_period: number | null;
  sqlite: boolean;
  max_upload_size: number;
  auto_join_rooms: string[];
  /** User IDs that application services have for themselves. */
  exclusive_users: RegExp[];
  /** What `GET /login` offers today. An `id` here is the `auth_provider` of external ids: `oidc-<idp_id>`, `saml`, `cas`. */
  identity_providers: IdentityProvider[];
  /** Whom each of them signs in as: one without a page of its own, for tests. Null: it refuses. */
  sso_user: string | null;
  well_known: Record<string, unknown> | null;
}

export class State {
  readonly users = new Map<string, User>();
  readonly tokens = new Map<string, Token>();
  /** What single sign-on gave, to be exchanged once. */
  readonly loginTokens = new Map<string, { readonly user_id: string; readonly until_ms: number }>();
  readonly rooms = new Map<string, Room>();
  readonly aliases = new Map<string, Alias>();
  /** room id → who blocked it first. */
  readonly blockedRooms = new Map<string, string>();
  /** By media id. */
  readonly media = new Map<string, LocalMedia>();
  /** By `origin/media_id`. */
  readonly remoteMedia = new Map<string, RemoteMedia>();
  readonly quarantineChanges: { origin: string; media_id: string; quarantined: boolean }[] = [];
  readonly registrationTokens = new Map<string, RegistrationToken>();
  readonly eventReports = new Map<number, EventReport>();
  readonly userReports = new Map<number, UserReport>();
  readonly destinations = new Map<string, Destination>();
  readonly tasks = new Map<string, Task>();
  readonly notices: { user_id: string; content: unknown; type: string; state_key: string | null }[] = [];
  readonly backgroundUpdates = {
    enabled: true,
    current: null as { name: string; total_item_count: number; total_duration_ms: number } | null,
  };
  /** `get_user_by_external_id`'s cache, with the bug of §1.4: removals do not invalidate it. */
  readonly externalIdCache = new Map<string, { user_id: string | null; used: number }>();
  readonly config: Config = {
    password_enabled: true,
    password_policy: {},
    extra_user_types: [],
    server_notices: true,
    redaction_allowed_period: null,
    sqlite: false,
    max_upload_size: 50 * 1024 * 1024,
    auto_join_rooms: [],
    exclusive_users: [],
    identity_providers: [],
    sso_user: null,
    well_known: null,
  };
}
