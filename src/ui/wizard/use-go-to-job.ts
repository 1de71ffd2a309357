import { useNavigate } from 'react-router';
import { paths } from '~/lib/paths';

/**
 * Leads to the page of the job that a plan became, and only then forgets the plan: while that page is still on its way, a review without
 * a plan would lead back to choosing.
 * @param drop forgets it: a second run needs a second look
 */
export function useGoToJob(drop: () => void): (job: { id: string }) => void {
  const navigate = useNavigate();
  return ({ id }) => {
    const go = async () => {
      await navigate(paths.job(id));
      drop();
    };
    void go();
  };
}
