import { sentences, type Message, type Text } from '~/lib/text';
import type { Cause, Verdict } from './verdicts';

/** What sign-in looks at, in the order it is shown. */
const LABELS = {
  url: /*i18n*/ { id: 'sign-in.url', message: 'Is the URL valid?' },
  secure: /*i18n*/ { id: 'sign-in.secure', message: 'Is the connection secure?' },
  versions: /*i18n*/ { id: 'sign-in.versions', message: 'Does a Matrix homeserver answer?' },
  'admin-api': /*i18n*/ { id: 'sign-in.admin-api', message: 'Does its Admin API answer?' },
  age: /*i18n*/ { id: 'sign-in.age', message: 'Does everything work with this version of Synapse?' },
  whoami: /*i18n*/ { id: 'sign-in.whoami', message: 'Whose access token is it?' },
  admin: /*i18n*/ { id: 'sign-in.admin', message: 'Is this user a server admin?' },
  mas: /*i18n*/ { id: 'sign-in.mas', message: 'Who manages the accounts?' },
  media: /*i18n*/ { id: 'sign-in.media', message: 'Do the media endpoints answer?' },
} as const;
export type CheckId = keyof typeof LABELS;

/** `waiting`, once the diagnosis is over: was not reached. */
export type CheckState = 'waiting' | 'running' | 'ok' | 'warn' | 'failed';

export interface Check {
  readonly id: CheckId;
  readonly label: Message;
  readonly state: CheckState;
  /** A sentence; empty until there is something to say. */
  readonly detail: Text;
  readonly cause?: Cause;
}

/** The list of checks while it fills. */
export class Board {
  /** What is known so far, for what to do about it. */
  baseUrl: string | null = null;
  userId: string | null = null;
  checks: readonly Check[] = (Object.keys(LABELS) as CheckId[]).map((id) => ({
    id,
    label: LABELS[id],
    state: 'waiting',
    detail: '',
  }));
  readonly #onChange: (checks: readonly Check[]) => void;

  constructor(onChange: (checks: readonly Check[]) => void) {
    this.#onChange = onChange;
  }

  set(id: CheckId, state: CheckState, detail: Text = '', cause?: Cause): void {
    this.checks = this.checks.map((check) =>
      check.id === id ? { id, label: check.label, state, detail, ...(cause && { cause }) } : check,
    );
    this.#onChange(this.checks);
  }

  fail(id: CheckId, { cause, detail }: Verdict): void {
    this.set(id, 'failed', detail, cause);
  }

  warn(id: CheckId, { cause, detail }: Verdict): void {
    this.set(id, 'warn', detail, cause);
  }

  /**
   * No homeserver answered: says so where the reason is, and takes back what only followed from it.
   * @returns the check that holds the reason
   */
  blame(mixed: boolean, adminApiAnswers: boolean): CheckId {
    if (!adminApiAnswers) this.set('admin-api', 'waiting');
    const { cause, detail = '' } = this.checks.find(({ id }) => id === 'versions') ?? {};
    if (mixed && cause === 'unreachable') {
      this.set('versions', 'waiting');
      this.fail('secure', {
        cause: 'mixed-content',
        detail: MIXED,
      });
      return 'secure';
    }
    // The Admin API answers, so it is neither the name nor the port. Time run out, a 429 or a 502 speak for themselves.
    if (adminApiAnswers && (cause === 'cors' || cause === 'unreachable')) {
      this.fail('versions', {
        cause: 'client-api-blocked',
        detail: CLIENT_API_BLOCKED,
      });
    }
    if (adminApiAnswers && cause === 'not-a-homeserver') {
      this.fail('versions', {
        cause: 'client-api-blocked',
        detail: sentences(CLIENT_API_NO_SYNAPSE, detail),
      });
    }
    return 'versions';
  }
}

export const MIXED = /*i18n*/ {
  id: 'sign-in.mixed',
  message: 'The browser blocks it: this page uses https, and the URL uses http.',
};
const CLIENT_API_BLOCKED = /*i18n*/ {
  id: 'sign-in.client-api-blocked',
  message: 'The proxy forwards /_synapse/admin but not /_matrix, or answers /_matrix without CORS headers.',
};
const CLIENT_API_NO_SYNAPSE = /*i18n*/ {
  id: 'sign-in.client-api-no-synapse',
  message: 'The Admin API answers, but the proxy does not forward /_matrix to Synapse.',
};
