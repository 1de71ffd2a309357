import { useQueries } from '@tanstack/react-query';
import type { ReportStep } from '~/actions/playbook/report';
import { verdictOf, verdictOfError, type Verdict } from '~/actions/plan';
import { HomeserverError } from '~/api/errors';
import type { Session } from '~/data/session';
import { actionHere, asServer, lookQuery } from '~/job-store/action-jobs';
import type { Text } from '~/lib/text';
import { whyNot, type Choosable } from './several';

/** Why each step can’t be chosen, as the homeserver says now: everything that it would change is looked at. */
export function useReasons(
  choosable: readonly Choosable[],
  session: Session,
): Readonly<Partial<Record<ReportStep, Text | null>>> {
  const server = asServer(session);
  const here = choosable.map((step) => ({ ...step, action: actionHere(step.action, session) }));
  const looks = here.flatMap((step) => {
    const isPossible = whyNot(step, [null], server) === null;
    return step.offers.map(({ id }) => ({ key: step.key, action: step.action, id, isPossible }));
  });
  const answers = useQueries({
    queries: looks.map(({ action, id, isPossible }) => ({
      ...lookQuery(action, id, session),
      staleTime: 30_000,
      enabled: isPossible,
    })),
  });
  const verdicts = looks.map(({ key, action, id }, index): [ReportStep, Verdict | null] => {
    const { data, error } = answers[index] ?? {};
    if (error instanceof HomeserverError && error.notFound) return [key, verdictOfError(id, error, action.gone)];
    if (data === undefined) return [key, null];
    const entered = action.form?.read(action.form.initial);
    const input = entered && 'input' in entered ? entered.input : null;
    return [key, verdictOf(action, id, data, input, session.userId)];
  });
  return Object.fromEntries(
    here.map((step) => {
      const mine = verdicts.flatMap(([key, verdict]) => (key === step.key ? [verdict] : []));
      return [step.key, whyNot(step, mine, server)];
    }),
  );
}
