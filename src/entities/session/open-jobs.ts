import { useMemo } from 'react';
import { currentAccounts, isSame, ownerOf, useAccounts, useSession, type Session } from '~/data/session';
import { useAllJobs } from '~/job-store/jobs';
import { isOver } from '~/jobs/phase';
import { isReading } from '~/ui/job/words';

/** The other accounts of this tab for which it runs jobs, or has some that wait for a decision, and how many. */
export function useOthersJobs(): readonly { readonly session: Session; readonly count: number }[] {
  const all = useAllJobs();
  const accounts = useAccounts();
  const shown = ownerOf(useSession());
  const { baseUrl, userId } = shown;
  return useMemo(() => {
    const open = all.filter((job) => !isOver(job) && !isReading(job) && job.elsewhere !== true);
    return accounts
      .map(({ session }) => session)
      .filter((session) => !isSame(ownerOf(session), { baseUrl, userId }))
      .map((session) => ({ session, count: open.filter(({ owner }) => isSame(owner, ownerOf(session))).length }))
      .filter(({ count }) => count > 0);
  }, [all, accounts, baseUrl, userId]);
}

/** Whether whoever owns it is one of several accounts of this tab, and another one is shown. */
export const isOfOther = (shown: Session, session: Session): boolean =>
  currentAccounts().length > 1 && !isSame(ownerOf(shown), ownerOf(session));
