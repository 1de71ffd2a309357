import { send } from '~/api/ask';
import { HomeserverError } from '~/api/errors';
import { passwordRules } from '~/api/user-asks';
import type { Job } from '~/jobs/job';
import { makePassword, passwordProblem, type PasswordRules } from '~/lib/passwords';
import type { Passwords } from './account-job';
import { readKeptAccount } from './account-kept';
import type { Secret } from './action';
import type { Ground } from './job';
import { Secrets, type Held } from './secrets';

/** Passwords of new accounts: made here and handed out once, or given by the admin, who has them. In memory only. */

const SECRET: Secret = { rules: passwordRules, make: makePassword, problem: passwordProblem };

export class AccountSecrets extends Secrets {
  #given: ReadonlyMap<string, string>;

  constructor(given: ReadonlyMap<string, string> = new Map()) {
    super(SECRET);
    this.#given = given;
  }

  given(id: string): string | null {
    return this.#given.get(id) ?? null;
  }

  override close(): void {
    super.close();
    this.#given = new Map();
  }

  /** Those too of accounts that were made though something else about them failed. */
  override *heldOf(job: Pick<Job, 'row' | 'indexes'>): Generator<Held> {
    yield* super.heldOf(job);
    for (const index of job.indexes(['failed'])) {
      const { id, before, unanswered } = job.row(index);
      const value = this.get(id);
      if (value !== undefined && !unanswered && readKeptAccount(before)?.made) yield { id, value, isSure: true };
    }
  }
}

/**
 * What a job asks for the password of an account. One that is made may be made anew in another page: before the account exists, no
 * one has it. One that was given is gone with its page.
 * @param hold called with the passwords that somebody has to see, before the first is made
 */
export function passwordsOf(ground: Ground, given: AccountSecrets | null, hold: (secrets: Secrets) => void): Passwords {
  let secrets = given;
  let rules: { readonly read: PasswordRules | undefined } | null = null;
  return {
    async of({ id, password }, { signal }) {
      if (password === 'given') return secrets?.given(id) ?? null;
      rules ??= { read: await send(ground.homeserver(), passwordRules(ground.server()), signal).catch(orNoRules) };
      if (secrets === null || secrets.isClosed) {
        secrets = new AccountSecrets();
        hold(secrets);
      }
      return secrets.make(id, rules.read);
    },
  };
}

/** Where the rules can’t be read, nothing is asked for: the homeserver itself does not look at them here. */
function orNoRules(error: unknown): undefined {
  if (!(error instanceof HomeserverError) || error.status === 429 || error.signedOut) throw error;
}
