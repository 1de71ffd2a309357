import { msg } from '@lingui/core/macro';
import type { Snippet } from './snippets';

/** Marks a template as code: it is the same in every language. */
const code = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  parts.map((part, index) => part + (values[index] ?? '')).join('');

export const masAdminSnippets: Snippet[] = [
  {
    name: msg`On the MAS server`,
    text: code`mas-cli manage promote-admin anna`,
  },
  {
    name: msg`In the configuration of MAS`,
    text: code`policy:
  data:
    admin_users:
      - anna`,
  },
];

/** A client that the operator names is not judged by MAS's policy (`config/sections/clients.rs`). */
export const masClientSnippet = (redirectUri: string): Snippet[] => [
  {
    name: msg`In the configuration of MAS`,
    text: code`# MAS takes this over when it starts.
clients:
  - client_id: 01JG0ADM1N0000000000000000
    client_auth_method: none
    client_name: Glia
    redirect_uris:
      - ${redirectUri}`,
  },
  {
    name: msg`In Glia’s config.json`,
    text: code`{ "clientId": "01JG0ADM1N0000000000000000" }`,
  },
];

export const masListenerSnippet: Snippet[] = [
  {
    name: msg`In the configuration of MAS`,
    text: code`http:
  listeners:
    - name: web
      resources:
        - name: discovery
        - name: human
        - name: oauth
        - name: compat
        - name: graphql
        - name: assets
        - name: adminapi`,
  },
  {
    name: msg`In Glia’s config.json`,
    text: code`{ "masBaseUrl": "https://auth.example.org" }`,
  },
];
