import { msg } from '@lingui/core/macro';
import { lazy } from 'react';
import type { Cause } from '~/api/verdicts';
import { wordsOf } from '~/lib/words';
import { Checks } from './Checks';
import type { Place } from './fixes';
import { Optional } from './Optional';
import classes from './SignInPage.module.css';
import type { Attempt } from './use-sign-in';

const FixNote = lazy(async () => ({ default: (await import('./FixNote')).FixNote }));
const URL_EXAMPLE = 'https://matrix.example.org';

/** The checks as they go, and how to fix what failed. */
export function Progress({ attempt }: { attempt: Attempt }) {
  if (attempt.status === 'none' || attempt.status === 'stranger') return null;
  const trouble = troubleOf(attempt);
  return (
    <>
      <section aria-labelledby="glia-checks" className={classes.card}>
        <h2 id="glia-checks" className={classes.heading}>
          {wordsOf(HEADINGS[attempt.status])}
        </h2>
        <Checks checks={attempt.checks} over={attempt.status === 'failed' || attempt.status === 'warned'} />
      </section>
      {trouble && (
        <Optional>
          <FixNote {...trouble} />
        </Optional>
      )}
    </>
  );
}

const HEADINGS = {
  checking: msg`Checking the homeserver`,
  asking: msg`Checking the homeserver`,
  failed: msg`Sign-in failed`,
  warned: msg`Sign-in works, with a warning`,
} as const;

/** What the fixes need to know, if there is something to fix. */
function troubleOf(attempt: Attempt): { cause: Cause; place: Place } | null {
  if (attempt.status === 'warned') {
    if (!attempt.checks.some(({ cause }) => cause === 'media')) return null;
    const { homeserver, userId } = attempt.session;
    return { cause: 'media', place: { baseUrl: homeserver.baseUrl, userId } };
  }
  if (attempt.status !== 'failed' || !attempt.failure) return null;
  const { failure, baseUrl, userId } = attempt;
  return { cause: failure.cause, place: { baseUrl: baseUrl ?? URL_EXAMPLE, userId } };
}
