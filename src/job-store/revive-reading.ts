import type { JobSpec } from '~/jobs/job';
import { textOfError } from '~/lib/text-error';
import type { Revive } from './job-kinds';

const OVER = /*i18n*/ { id: 'read.over', message: 'This is the record of a reading. There is nothing to run.' };

/** A reading as its page and its exports show it. Nothing of it ever runs. */
export const reviveReading: Revive = ({ title, owner, items }): Promise<JobSpec<unknown>> =>
  Promise.resolve({
    kind: 'read',
    title,
    owner,
    items,
    describe: (item: unknown) => ({ id: String(item), columns: {} }),
    run: () => Promise.resolve({ status: 'skipped' as const, reason: OVER }),
    classify: (error: unknown) => ({ kind: 'refused' as const, reason: textOfError(error) }),
    repeatable: false,
    keep: { plan: null, pack: (item: unknown) => String(item) },
  });
