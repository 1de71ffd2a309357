import { useNavigate } from 'react-router';
import { paths } from '~/lib/paths';

/**
 * Leads from the last step to the page of the job that it began, and then forgets the plan: a second run needs a second look. Not
 * before: a step without its plan leads back to choosing, and the code of the job's page may still be on its way.
 */
export function useShowJob(): (jobId: string, forget: () => void) => void {
  const navigate = useNavigate();
  return (jobId, forget) => {
    const show = async () => {
      await navigate(paths.job(jobId));
      forget();
    };
    void show();
  };
}
