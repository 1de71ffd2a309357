import { t } from '@lingui/core/macro';
import type { Cause } from '~/api/verdicts';
import {
  adminSnippets,
  directSnippet,
  healthSnippet,
  masSnippet,
  mediaSnippets,
  proxySnippets,
  unlockSnippet,
  type Snippet,
} from './snippets';
import { isolated } from '~/lib/shown-text';

export interface Fix {
  /** What to do, a sentence each. */
  steps: string[];
  snippets: Snippet[];
}

export interface Place {
  /** As read from what was typed. */
  baseUrl: string;
  /** Whose token it is, where that is known. */
  userId: string | null;
}

const say = (...steps: string[]): Fix => ({ steps, snippets: [] });

/** What to do about a cause; null where the sentence at the field says all. */
export function fixOf(cause: Cause, place: Place): Fix | null {
  const address = `${isolated(place.baseUrl)}/_matrix/client/versions`;
  switch (cause) {
    case 'url':
    case 'odd':
    case 'old':
      return null;
    case 'mixed-content':
      return say(
        t`Use the https URL of the homeserver.`,
        t`If it has none, run Glia on your own computer (npm start): a page on localhost may connect to http.`,
      );
    case 'plain-http':
      return {
        steps: [
          t`Use the https URL of the homeserver.`,
          t`If it has none, use an SSH tunnel, which encrypts the connection.`,
          t`If you trust the network between this browser and the homeserver, sign in again and allow it.`,
        ],
        snippets: [directSnippet],
      };
    case 'redirect':
      return say(
        t`Open ${address} in a new tab. Then sign in with the URL that the address bar shows, without /_matrix/client/versions at the end.`,
      );
    case 'unreachable':
      return say(
        t`Open ${address} in a new tab. It should show a list of versions.`,
        t`If there is no page, correct the host name, the port or the firewall. If the browser shows a warning, fix the certificate.`,
        t`If the homeserver is in your own network, the browser may ask whether this page may reach it. Allow it.`,
      );
    case 'cors':
    case 'not-a-homeserver':
      return {
        steps: [
          t`Enter the URL that your Matrix apps use. It is often https://matrix.example.org instead of https://example.org. Element shows it under Help & About.`,
          t`If the URL is right, make the proxy forward these paths to Synapse, which sends the CORS headers itself:`,
        ],
        snippets: proxySnippets(hostOf(place)),
      };
    case 'timeout':
      return say(
        t`Check that Synapse is running and not overloaded, and that no firewall blocks the connection. Then try again.`,
      );
    case 'busy':
      return say(t`There is nothing to fix. Wait a moment, then try again.`);
    case 'homeserver-down':
      return {
        steps: [t`Start Synapse, or correct the address and port where the proxy expects it.`],
        snippets: [healthSnippet],
      };
    case 'client-api-blocked':
      return {
        steps: [t`Make the proxy forward /_matrix to Synapse, which sends the CORS headers itself.`],
        snippets: [...proxySnippets(hostOf(place)), directSnippet],
      };
    case 'admin-api-blocked':
      return {
        steps: [
          t`Make the proxy forward /_synapse/admin to Synapse, which sends the CORS headers itself.`,
          t`If the Admin API must not be public, allow it for your own IP addresses only, or bypass the proxy.`,
        ],
        snippets: [...proxySnippets(hostOf(place)), directSnippet],
      };
    case 'admin-api-absent':
      return {
        steps: [
          t`If Synapse runs with workers, forward /_synapse/admin to the main process. Workers serve very little of it.`,
          t`If the homeserver isn’t Synapse, Glia can’t manage it: only Synapse has this API.`,
        ],
        snippets: proxySnippets(hostOf(place)),
      };
    case 'authorization-blocked':
    case 'authorization-dropped':
      return {
        steps: [
          t`Remove any password prompt (basic auth) from these paths: it uses the same header as the access token. Restrict access by IP address instead.`,
          t`Let OPTIONS requests through without authentication, and make sure that the proxy doesn’t set or remove the Authorization header.`,
        ],
        snippets: [...proxySnippets(hostOf(place)), directSnippet],
      };
    case 'token-unknown':
      return say(
        t`Copy the whole access token again, and make sure that it is from this homeserver.`,
        t`A token stops working when its app is signed out. Copy it from a session that you keep.`,
      );
    case 'token-expired':
      return {
        steps: [
          t`Copy a new token from the app. Apps that refresh their tokens, as all do with MAS, have short-lived ones.`,
          t`With MAS, create a token that doesn’t expire:`,
        ],
        snippets: [masSnippet(place.userId)],
      };
    case 'guest':
      return say(t`Use the access token of a registered account that is a server admin.`);
    case 'account-locked':
      return { steps: [t`Another admin can unlock the account.`], snippets: [unlockSnippet(place.baseUrl)] };
    case 'account-expired':
      return say(t`Another admin can renew the account: POST /_synapse/admin/v1/account_validity/validity`);
    case 'account-missing':
      return say(t`MAS creates each account in Synapse by itself. Its log says why it could not create this one.`);
    case 'mas-down':
      return say(
        t`Start Matrix Authentication Service (MAS), and check that Synapse can reach it: matrix_authentication_service.endpoint in homeserver.yaml.`,
      );
    case 'mas-scope':
      return {
        steps: [t`With MAS, the token of an app never has admin rights, whoever it belongs to. Create one that has:`],
        snippets: [masSnippet(place.userId)],
      };
    case 'not-admin':
      return {
        steps: [t`Use the access token of an admin, or make an account an admin in one of these ways:`],
        snippets: adminSnippets(place.baseUrl, place.userId),
      };
    case 'media':
      return {
        steps: [
          t`If a worker runs the media repository, make the proxy forward these paths to it. Put its port in place of 8085.`,
        ],
        snippets: mediaSnippets(hostOf(place)),
      };
  }
}

function hostOf({ baseUrl }: Place): string {
  return URL.parse(baseUrl)?.hostname ?? 'matrix.example.org';
}
