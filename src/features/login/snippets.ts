import { msg } from '@lingui/core/macro';
import type { Words } from '~/lib/words';

export interface Snippet {
  name: Words;
  text: string;
}

/** Marks a template as code: it is the same in every language. */
const code = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  parts.map((part, index) => part + (values[index] ?? '')).join('');

/** Synapse's own sample (docs/reverse_proxy.md) and the Admin API with it. `host` is the homeserver's, as typed. */
export function proxySnippets(host: string): Snippet[] {
  return [
    {
      name: 'nginx',
      text: code`# In the server block of ${host}
# No path after the port, or nginx decodes IDs
location ~ ^(/_matrix|/_synapse/client|/_synapse/admin) {
    proxy_pass http://localhost:8008;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header Host $host:$server_port;
    # At least max_upload_size of homeserver.yaml
    client_max_body_size 50M;
    # Deleting a lot of media takes time
    proxy_read_timeout 600s;
    proxy_http_version 1.1;
}`,
    },
    {
      name: 'Caddy',
      text: code`${host} {
    @synapse path /_matrix/* /_synapse/client/* /_synapse/admin/*
    reverse_proxy @synapse localhost:8008
}`,
    },
    {
      name: 'Traefik',
      text: code`# Labels of the Synapse container
- "traefik.enable=true"
- "traefik.http.routers.synapse.rule=Host(\`${host}\`) && (PathPrefix(\`/_matrix\`) || PathPrefix(\`/_synapse/client\`) || PathPrefix(\`/_synapse/admin\`))"
- "traefik.http.routers.synapse.entrypoints=websecure"
- "traefik.http.routers.synapse.tls=true"
- "traefik.http.services.synapse.loadbalancer.server.port=8008"
# Where Traefik refuses IDs with %23 or %2F (400), allow them at the
# entry point: http.encodedCharacters, allowEncodedHash and
# allowEncodedSlash`,
    },
  ];
}

/** What a media worker serves (docs/workers.md, synapse-admin-api §0.1). */
const MEDIA_PATHS =
  '^(/_matrix/media/|/_matrix/client/v1/media/|/_matrix/federation/v1/media/|/_synapse/admin/v1/(purge_media_cache$|quarantine_media/|media/|room/.*/media|user/.*/media|users/.*/media))';

export function mediaSnippets(host: string): Snippet[] {
  return [
    {
      name: 'nginx',
      text: code`# In the server block of ${host}, before the one for /_matrix
location ~ ${MEDIA_PATHS} {
    proxy_pass http://localhost:8085;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_set_header Host $host:$server_port;
    client_max_body_size 50M;
    proxy_read_timeout 600s;
}`,
    },
    {
      name: 'Caddy',
      text: code`# Inside the site block of ${host}
@media path_regexp ${MEDIA_PATHS}
reverse_proxy @media localhost:8085`,
    },
    {
      name: 'Traefik',
      text: code`# Labels of the media worker's container (Traefik 3). A \`$\` is
# written \`$$\` in a compose file.
- "traefik.enable=true"
- "traefik.http.routers.media.rule=Host(\`${host}\`) && PathRegexp(\`${MEDIA_PATHS.replace('$', '$$$$')}\`)"
- "traefik.http.routers.media.entrypoints=websecure"
- "traefik.http.routers.media.tls=true"
- "traefik.http.routers.media.priority=1000"
- "traefik.http.services.media.loadbalancer.server.port=8085"`,
    },
  ];
}

export const directSnippet: Snippet = {
  name: msg`Around the proxy, through SSH`,
  text: code`ssh -N -L 8008:localhost:8008 your-server
# then sign in at http://localhost:8008`,
};

/** Part of a command in single quotes: what is pasted into a shell holds no quote. */
const quotable = (text: string) => text.replaceAll("'", '%27');

export function masSnippet(userId: string | null): Snippet {
  const own = /^@([a-z0-9._=/+-]+):/.exec(userId ?? '')?.[1];
  const localpart = own === undefined || own.startsWith('-') ? 'anna' : own;
  return {
    name: msg`On the MAS server`,
    text: code`mas-cli manage issue-compatibility-token \\
  --yes-i-want-to-grant-synapse-admin-privileges \\
  ${localpart}`,
  };
}

export function adminSnippets(baseUrl: string, userId: string | null): Snippet[] {
  const id = userId ?? '@anna:example.org';
  return [
    {
      name: msg`A new account, on the server`,
      text: code`register_new_matrix_user --admin \\
  -c /etc/matrix-synapse/homeserver.yaml http://localhost:8008`,
    },
    {
      name: msg`This account, by another admin`,
      text: code`curl -X PUT '${quotable(baseUrl)}/_synapse/admin/v1/users/${quotable(encodeURIComponent(id))}/admin' \\
  -H 'Authorization: Bearer THE_OTHER_ADMINS_TOKEN' \\
  -d '{"admin": true}'`,
    },
    {
      name: msg`This account, in the database`,
      text: code`-- then restart Synapse: it caches who is an admin
UPDATE users SET admin = 1 WHERE name = '${id.replaceAll("'", "''")}';`,
    },
  ];
}

export function unlockSnippet(baseUrl: string): Snippet {
  return {
    name: msg`By another admin`,
    text: code`curl -X PUT '${quotable(baseUrl)}/_synapse/admin/v2/users/%40anna%3Aexample.org' \\
  -H 'Authorization: Bearer THE_OTHER_ADMINS_TOKEN' \\
  -d '{"locked": false}'`,
  };
}

export const healthSnippet: Snippet = {
  name: msg`On the server`,
  text: code`curl http://localhost:8008/health   # prints OK when Synapse is up
systemctl status matrix-synapse`,
};
