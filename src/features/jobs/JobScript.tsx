import { useLingui } from '@lingui/react/macro';
import type { AnyAction } from '~/actions/action';
import { whyNoScript } from '~/actions/no-script';
import type { ActionItem } from '~/actions/plan';
import { useSession } from '~/data/session';
import { actionHere, asServer } from '~/job-store/action-jobs';
import { useJob } from '~/job-store/jobs';
import { keptPlan } from '~/job-store/kept-plan';
import type { Job, Json } from '~/jobs/job';
import { wordsOf } from '~/lib/words';
import { ScriptButton } from '~/ui/wizard/ScriptButton';

/** The plan of a job of an action as a script, from what this browser keeps of it. */
export function JobScript({ job, action }: { job: Job; action: AnyAction }) {
  const { t } = useLingui();
  const session = useSession();
  const { kept, title, owner, undoes } = useJob(job);
  const never = whyNoScript(actionHere(action, session), undoes !== undefined);
  return (
    <ScriptButton
      fileStem={action.kind}
      demo={session.demo}
      disabled={
        never !== null ? wordsOf(never) : kept?.ok ? null : t`The plan of this job is not saved in this browser.`
      }
      write={async (language) => {
        const { items, plan } = await keptPlan(job.id);
        const { input } = plan as { input: Json };
        return (await import('~/actions/script')).actionScript(
          action,
          {
            items: items as readonly ActionItem[],
            input,
            title: wordsOf(title),
            owner,
            server: asServer(session),
            isUndo: undoes !== undefined,
          },
          language,
        );
      }}
    />
  );
}
