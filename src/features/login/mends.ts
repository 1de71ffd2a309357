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

export interface Mend {
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

const say = (...steps: string[]): Mend => ({ steps, snippets: [] });

/** What to do about a cause; null where the sentence at the field says all. */
export function mendOf(cause: Cause, place: Place): Mend | null {
  switch (cause) {
    case 'url':
    case 'odd':
      return null;
    case 'mixed-content':
      return say(
        'Use the homeserver’s https URL.',
        'If it has none, open Glia itself from your own machine (npm start): a page from localhost may ask http.',
      );
    case 'plain-http':
      return {
        steps: [
          'Use the homeserver’s https URL.',
          'If it has none, use a tunnel: SSH encrypts what goes through it.',
          'If you trust the network between this browser and the homeserver, sign in again and allow it.',
        ],
        snippets: [directSnippet],
      };
    case 'redirect':
      return say(
        `Open ${isolated(place.baseUrl)}/_matrix/client/versions in a new tab, and type the URL that the address bar shows then, without /_matrix and what follows.`,
      );
    case 'unreachable':
      return say(
        `Open ${isolated(place.baseUrl)}/_matrix/client/versions in a new tab: it should show a list of versions.`,
        'No page there: mend the name, the port or the firewall. A warning there: mend the certificate.',
        'For a homeserver in your own network the browser may ask whether this page may reach it: allow it.',
      );
    case 'cors':
    case 'not-a-homeserver':
      return {
        steps: [
          'Type the URL that your Matrix apps use: often https://matrix.example.org rather than https://example.org. Element shows it under Help & About.',
          'If it is the right one, let the proxy pass these paths on to Synapse, which sends the CORS headers itself:',
        ],
        snippets: proxySnippets(hostOf(place)),
      };
    case 'timeout':
      return say(
        'See whether Synapse is up and not overloaded, and whether a firewall drops the connection; then try again.',
      );
    case 'busy':
      return say('Nothing needs mending: wait, then try again.');
    case 'homeserver-down':
      return {
        steps: ['Start Synapse, or mend the address and port under which the proxy looks for it.'],
        snippets: [healthSnippet],
      };
    case 'client-api-blocked':
      return {
        steps: ['Let the proxy pass /_matrix on to Synapse, which sends the CORS headers itself.'],
        snippets: [...proxySnippets(hostOf(place)), directSnippet],
      };
    case 'admin-api-blocked':
      return {
        steps: [
          'Let the proxy pass /_synapse/admin on to Synapse, which sends the CORS headers itself.',
          'If the Admin API is not to be public, allow it for your own addresses only, or go past the proxy.',
        ],
        snippets: [...proxySnippets(hostOf(place)), directSnippet],
      };
    case 'admin-api-absent':
      return {
        steps: [
          'With workers, send /_synapse/admin to the main process: hardly any of it is served elsewhere.',
          'If the homeserver is not Synapse, Glia can’t manage it: no other has this API.',
        ],
        snippets: proxySnippets(hostOf(place)),
      };
    case 'authorization-blocked':
    case 'authorization-dropped':
      return {
        steps: [
          'Take a password prompt (basic auth) off these paths: it uses the same header as the token. Allow by address instead.',
          'Let OPTIONS requests through without any sign-in, and don’t have the proxy set or clear the Authorization header.',
        ],
        snippets: [...proxySnippets(hostOf(place)), directSnippet],
      };
    case 'token-unknown':
      return say(
        'Copy the whole token again, and see that it is one of this homeserver.',
        'Signing out of the app that it came from ends a token: copy it from a session that you keep.',
      );
    case 'token-expired':
      return {
        steps: [
          'Copy a new one from the app. Apps that renew their tokens, as all do under MAS, have short-lived ones.',
          'Under MAS, issue one that stays:',
        ],
        snippets: [masSnippet(place.userId)],
      };
    case 'guest':
      return say('Sign in with the token of an account that was registered and made an admin.');
    case 'account-locked':
      return { steps: ['Another admin can unlock it.'], snippets: [unlockSnippet(place.baseUrl)] };
    case 'account-expired':
      return say('Another admin can renew it: POST /_synapse/admin/v1/account_validity/validity.');
    case 'account-missing':
      return say('MAS makes each account in Synapse by itself; the log of MAS says why it could not make this one.');
    case 'mas-down':
      return say(
        'Start Matrix Authentication Service, and see that Synapse reaches it: matrix_authentication_service.endpoint in homeserver.yaml.',
      );
    case 'mas-scope':
      return {
        steps: ['The token of an app has no admin rights under MAS, whoever it belongs to. Issue one that has:'],
        snippets: [masSnippet(place.userId)],
      };
    case 'not-admin':
      return {
        steps: ['Use an admin’s token, or make an account an admin in one of these ways:'],
        snippets: adminSnippets(place.baseUrl, place.userId),
      };
    case 'media':
      return {
        steps: [
          'Where a worker keeps the media repository, the proxy sends these paths to it (its port instead of 8085).',
          'Synapse before 1.112 has no /_matrix/client/v1/media at all.',
        ],
        snippets: mediaSnippets(hostOf(place)),
      };
  }
}

function hostOf({ baseUrl }: Place): string {
  return URL.parse(baseUrl)?.hostname ?? 'matrix.example.org';
}
