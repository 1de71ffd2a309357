import type { Cause, Verdict } from './verdicts';

/** What sign-in looks at, in the order it is told. */
const LABELS = {
  url: 'Is the URL one?',
  secure: 'May this page ask it?',
  versions: 'Does a Matrix homeserver answer?',
  'admin-api': 'Does its Admin API answer?',
  age: 'Does everything work on this version of Synapse?',
  whoami: 'Whose token is it?',
  admin: 'Is it an admin’s?',
  mas: 'Who keeps the accounts?',
  media: 'Do the media endpoints answer?',
} as const;
export type CheckId = keyof typeof LABELS;

/** `waiting`, once the diagnosis is over: was not reached. */
export type CheckState = 'waiting' | 'running' | 'ok' | 'warn' | 'failed';

export interface Check {
  readonly id: CheckId;
  readonly label: string;
  readonly state: CheckState;
  /** A sentence; empty until there is something to say. */
  readonly detail: string;
  readonly cause?: Cause;
}

/** The list of checks while it fills. */
export class Board {
  /** What is known so far, for the mends. */
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

  set(id: CheckId, state: CheckState, detail = '', cause?: Cause): void {
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
        detail: 'No: this page came by https, the URL is http, and browsers block that.',
      });
      return 'secure';
    }
    // The Admin API answers, so it is neither the name nor the port. Time run out, a 429 or a 502 speak for themselves.
    if (adminApiAnswers && (cause === 'cors' || cause === 'unreachable')) {
      this.fail('versions', {
        cause: 'client-api-blocked',
        detail: 'The proxy forwards /_synapse/admin but not /_matrix, or answers there without CORS headers.',
      });
    }
    if (adminApiAnswers && cause === 'not-a-homeserver') {
      this.fail('versions', {
        cause: 'client-api-blocked',
        detail: `The Admin API answers, but /_matrix does not get through to Synapse. ${detail}`,
      });
    }
    return 'versions';
  }
}
