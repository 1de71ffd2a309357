import { join } from 'node:path';

export interface ConfigInput {
  serverName: string;
  port: number;
  dataDir: string;
  sharedSecret: string;
  sso?: Sso | undefined;
}

/** A single sign-on that works, and the pages that it may lead back to without a question. */
export interface Sso {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The beginnings of their addresses. */
  whitelist: readonly string[];
}

export const configPath = (dataDir: string): string => join(dataDir, 'homeserver.yaml');
export const sqlitePath = (dataDir: string): string => join(dataDir, 'homeserver.db');
export const bridgePath = (dataDir: string): string => join(dataDir, 'bridge.json');
export const mediaPath = (dataDir: string): string => join(dataDir, 'media_store');

/** `openid` with the user's facts from userinfo: the one way in which Synapse starts without asking the issuer. */
const provider = (id: string, name: string, port: number): object => ({
  idp_id: id,
  idp_name: name,
  discover: false,
  skip_verification: true,
  issuer: `http://127.0.0.1:${port}/no-such-issuer/${id}`,
  authorization_endpoint: `http://127.0.0.1:${port}/no-such-issuer/${id}/authorize`,
  token_endpoint: `http://127.0.0.1:${port}/no-such-issuer/${id}/token`,
  userinfo_endpoint: `http://127.0.0.1:${port}/no-such-issuer/${id}/userinfo`,
  client_id: 'glia',
  client_secret: 'not-a-secret',
  scopes: ['openid'],
  user_profile_method: 'userinfo_endpoint',
  user_mapping_provider: { config: { localpart_template: '{{ user.sub }}' } },
});

/** Who is signed in there is the user of that name, whether Synapse made them for it or not. */
const working = ({ issuer, clientId, clientSecret }: Sso): object => ({
  idp_id: 'tests',
  idp_name: 'Our identity provider',
  // The issuer is asked for its metadata; http is not refused.
  discover: true,
  skip_verification: true,
  issuer,
  client_id: clientId,
  client_secret: clientSecret,
  scopes: ['openid'],
  allow_existing_users: true,
  user_mapping_provider: { config: { localpart_template: '{{ user.sub }}' } },
});

/**
 * homeserver.yaml as JSON, which is YAML. Rate limits stay at Synapse's defaults: the admin
 * lifts their own the way any admin would, and the product has to live with the rest.
 */
export function homeserverConfig({ serverName, port, dataDir, sharedSecret, sso }: ConfigInput): string {
  const config = {
    server_name: serverName,
    public_baseurl: `http://127.0.0.1:${port}/`,
    pid_file: join(dataDir, 'homeserver.pid'),
    signing_key_path: join(dataDir, 'signing.key'),
    log_config: join(dataDir, 'log.yaml'),
    media_store_path: mediaPath(dataDir),
    database: { name: 'sqlite3', args: { database: sqlitePath(dataDir) } },
    listeners: [
      {
        port,
        type: 'http',
        tls: false,
        bind_addresses: ['127.0.0.1'],
        resources: [{ names: ['client'], compress: false }],
      },
    ],
    report_stats: false,
    app_service_config_files: [bridgePath(dataDir)],
    registration_shared_secret: sharedSecret,
    macaroon_secret_key: `${sharedSecret}-macaroon`,
    form_secret: `${sharedSecret}-form`,
    enable_registration: false,
    allow_guest_access: true,
    url_preview_enabled: false,
    // Since 1.126 nobody may list a room unless a rule says so.
    room_list_publication_rules: [{ action: 'allow' }],
    // No federation and no key server: nothing leaves this machine.
    federation_domain_whitelist: [],
    trusted_key_servers: [],
    suppress_key_server_warning: true,
    send_federation: false,
    // A fresh database has some fifty updates to do, some of which the Admin API needs: no pauses between them.
    background_updates: { sleep_enabled: false },
    // Passwords here guard nothing: the cheapest hash keeps filling fast.
    bcrypt_rounds: 4,
    oidc_providers: [
      provider('google', 'Google', port),
      provider('keycloak', 'Keycloak', port),
      ...(sso ? [working(sso)] : []),
    ],
    ...(sso && { sso: { client_whitelist: sso.whitelist } }),
  };
  return JSON.stringify(config, null, 2);
}

/** A bridge that nothing runs: its token makes ghosts, and Synapse sends it nothing. */
export const BRIDGE = {
  id: 'glia-bridge',
  token: 'the-bridge-of-glia',
  prefix: '_bridged_',
  bot: '_bridged_bot',
} as const;

export const bridgeRegistration = (): string =>
  JSON.stringify({
    id: BRIDGE.id,
    url: null,
    as_token: BRIDGE.token,
    hs_token: 'nobody-is-asked',
    sender_localpart: BRIDGE.bot,
    rate_limited: false,
    namespaces: { users: [{ exclusive: true, regex: `@${BRIDGE.prefix}.*` }], aliases: [], rooms: [] },
  });

export const logConfig = (): string =>
  JSON.stringify({
    version: 1,
    formatters: { line: { format: '%(asctime)s %(levelname)s %(name)s %(request)s %(message)s' } },
    filters: { context: { '()': 'synapse.logging.context.LoggingContextFilter' } },
    handlers: { out: { class: 'logging.StreamHandler', formatter: 'line', filters: ['context'] } },
    loggers: { 'synapse.access.http': { level: 'INFO' }, 'synapse.storage.SQL': { level: 'WARNING' } },
    root: { level: 'INFO', handlers: ['out'] },
    disable_existing_loggers: false,
  });
