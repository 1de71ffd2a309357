import { TextError } from '~/lib/text-error';
import { withValues, type Text } from '~/lib/text';

/** Why signing in through MAS, or renewing its tokens, did not work. */
export type OAuthFault =
  /** Cancelled, or not an administrator: MAS says the same for both. */
  | 'denied'
  | 'scope'
  | 'client'
  | 'redirect'
  | 'clock'
  /** The session is over, or the code was used up. */
  | 'finished'
  /** It was asked by http, or names an endpoint there. */
  | 'insecure'
  | 'no-encryption'
  | 'no-storage'
  /** No answer that a page may read. */
  | 'unreachable'
  | 'down'
  | 'odd';

export class OAuthError extends TextError {
  override readonly name = 'OAuthError';
  readonly fault: OAuthFault;

  /** @param said the server’s own words; empty where there are none */
  constructor(fault: OAuthFault, said: string, options?: ErrorOptions) {
    super(textOf(fault, said), options);
    this.fault = fault;
  }

  /** It is MAS's word that these tokens are over. All else may pass: a broken connection, a proxy's page. */
  get isFinal(): boolean {
    return this.fault === 'finished' || this.fault === 'client';
  }
}

function textOf(fault: OAuthFault, said: string): Text {
  switch (fault) {
    case 'denied':
      return DENIED;
    case 'no-encryption':
      return NO_ENCRYPTION;
    case 'no-storage':
      return NO_STORAGE;
    case 'unreachable':
      return UNREACHABLE;
    case 'scope':
      return withValues(SCOPE, { reason: said });
    case 'client':
      return withValues(CLIENT, { reason: said });
    case 'redirect':
      return withValues(REDIRECT, { reason: said });
    case 'clock':
      return CLOCK;
    case 'finished':
      return withValues(FINISHED, { reason: said });
    case 'insecure':
      return withValues(INSECURE, { urlId: said });
    case 'down':
      return withValues(DOWN, { reason: said });
    case 'odd':
      return withValues(ODD, { reason: said });
  }
}

const DENIED = /*i18n*/ {
  id: 'oauth.denied',
  message:
    'MAS gave no access. Either somebody cancelled, or the account is not an administrator: MAS says the same for both.',
};
const NO_ENCRYPTION = /*i18n*/ {
  id: 'oauth.no-encryption',
  message:
    'This page uses http, where browsers offer no encryption, and signing in through MAS needs it. Open Glia by https, or use an access token.',
};
const NO_STORAGE = /*i18n*/ {
  id: 'oauth.no-storage',
  message:
    'This browser stores nothing for Glia, so an answer of MAS could not be told from one that nobody asked for. Use an access token.',
};
const UNREACHABLE = /*i18n*/ {
  id: 'oauth.unreachable',
  message: 'MAS did not answer, or the browser may not read its answer.',
};
const SCOPE = /*i18n*/ {
  id: 'oauth.scope',
  message: 'MAS refused what Glia asked to be allowed (the scope): {reason}',
} as const;
const CLIENT = /*i18n*/ {
  id: 'oauth.client',
  message: 'MAS does not accept this Glia as an app (an OAuth client): {reason}',
} as const;
const REDIRECT = /*i18n*/ {
  id: 'oauth.redirect',
  message: 'MAS does not accept the address to which it would lead back (the redirect URI): {reason}',
} as const;
const CLOCK = /*i18n*/ {
  id: 'oauth.clock',
  message:
    'The clock of this computer and that of MAS differ by more than five minutes, so the answer can’t be trusted.',
};
const FINISHED = /*i18n*/ {
  id: 'oauth.finished',
  message: 'MAS ended this session, or the sign-in took too long: {reason}',
} as const;
const INSECURE = /*i18n*/ {
  id: 'oauth.insecure',
  message: 'MAS names an address that is not https, and nothing is sent there: {urlId}',
} as const;
const DOWN = /*i18n*/ { id: 'oauth.down', message: 'MAS could not do it now: {reason}' } as const;
const ODD = /*i18n*/ { id: 'oauth.odd', message: 'MAS answered something that Glia can’t read: {reason}' } as const;
