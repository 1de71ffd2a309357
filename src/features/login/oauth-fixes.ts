import { t } from '@lingui/core/macro';
import type { OAuthFault } from '~/api/oauth-errors';
import { redirectUriOf } from '~/api/oauth-client';
import type { Fix } from './fixes';
import { masAdminSnippets, masClientSnippet, masListenerSnippet } from './oauth-snippets';

const say = (...steps: string[]): Fix => ({ steps, snippets: [] });

/** What to do where signing in through MAS did not work; null: the sentence says all. @param page the address of this page */
export function oauthFixOf(fault: OAuthFault, page: string): Fix | null {
  switch (fault) {
    case 'denied':
      return {
        steps: [
          t`If you cancelled, try again. To use another account, choose it on the page of MAS.`,
          t`If the account is no administrator, make it one in one of these ways, then try again:`,
        ],
        snippets: masAdminSnippets,
      };
    case 'scope':
      return {
        steps: [t`Let the account ask for admin scopes, or sign in without managing MAS.`],
        snippets: masAdminSnippets,
      };
    case 'client':
    case 'redirect':
      return {
        steps: [
          t`MAS only accepts apps that are served by https, or on your own computer (localhost).`,
          t`If Glia can’t have such an address, register it in the configuration of MAS, and set the same clientId in Glia’s config.json:`,
        ],
        snippets: masClientSnippet(redirectUriOf(page)),
      };
    case 'clock':
      return say(t`Set the clock of this computer, and that of the MAS server, by the network (NTP). Then try again.`);
    case 'unreachable':
      return say(
        t`Check that MAS is running, and that the proxy forwards /oauth2 and /.well-known/openid-configuration to it without changing the CORS headers.`,
      );
    case 'insecure':
      return say(t`Set http.public_base in the configuration of MAS to an https URL, then restart MAS and Synapse.`);
    case 'down':
      return say(
        t`The log of MAS says why. Often Synapse could not be reached from MAS: matrix.endpoint in its configuration.`,
      );
    case 'finished':
    case 'no-encryption':
    case 'no-storage':
    case 'odd':
      return null;
  }
}

/** MAS's Admin API is not mounted, or hidden by a proxy. */
export const masSilentFix = (): Fix => ({
  steps: [
    t`Add the resource adminapi to a listener of MAS that the browser can reach, and make the proxy forward /api to it.`,
    t`If it is on another address, set masBaseUrl in Glia’s config.json. Then sign in again.`,
  ],
  snippets: masListenerSnippet,
});
