import { sharesConnection } from '~/api/protocol';
import { CEILING, SHARED_CEILING } from '~/jobs/concurrency';
import type { JobSpec } from '~/jobs/job';

/** The job with a ceiling that fits how this browser reaches its homeserver, unless its kind knows a lower one. */
export function atItsPace<Spec extends Pick<JobSpec<never>, 'owner' | 'policy'>>(spec: Spec): Spec {
  const concurrency = sharesConnection(spec.owner) ? SHARED_CEILING : CEILING;
  return { ...spec, policy: { concurrency, ...spec.policy } };
}
