import { useEffect } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { AnyAction } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { phraseOf, countOf } from '~/actions/job';
import { asServer, startAction } from '~/job-store/action-jobs';
import { planAction, type ActionPlanned } from '~/job-store/action-plans';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Page } from '~/ui/Page';
import { ScanProgress } from '~/ui/wizard/ScanProgress';
import { Choose } from './Choose';
import { firstChoice, targetsOf, type Choice } from './choice';
import { Review } from './Review';
import { wordsOf } from '~/lib/words';

const MANY_USERS = /*i18n*/ { id: 'action.many-users', message: 'many users' };

/** One action for many: choose whom, look at each, review, run. The job then has a page of its own. */
export function BulkPage() {
  const { kind = '' } = useParams();
  const action = actionOf(kind);
  const session = useSession();
  const guarded = action?.guard?.(asServer(session)) ?? null;
  if (!action || action.entity !== 'user') {
    return (
      <Page title="Bulk change">
        <EmptyNote title="There is no such change">Choose one from the selection bar of the users list.</EmptyNote>
      </Page>
    );
  }
  const title = wordsOf(phraseOf(action, MANY_USERS));
  return (
    <Page title={title}>
      {guarded === null ? (
        <OneAction key={kind} action={action} />
      ) : (
        <EmptyNote title="This homeserver can’t do that">{wordsOf(guarded)}</EmptyNote>
      )}
    </Page>
  );
}

function OneAction({ action }: { action: AnyAction }) {
  const session = useSession();
  const navigate = useNavigate();
  const signedIn = useSignedInAs(ownerOf(session));
  const plan = usePlan<Choice, ActionPlanned>(`bulk/${action.kind}`, firstChoice(action));
  const { choice, choose, make, drop, reading, planned } = plan;

  useEffect(() => {
    const { users } = takeHandover();
    if (!users) return;
    drop();
    choose({ handed: users, from: 'handed' });
  }, [drop, choose]);

  if (reading) {
    return (
      <ScanProgress
        key={reading.job.id}
        reading={reading}
        signedIn={signedIn}
        onCancel={drop}
        look={{ idHeader: reading.stage === 'list' ? 'Page' : 'User' }}
        mayGoWithout={reading.stage === 'items'}
      >
        {reading.stage === 'list'
          ? 'First the list of users, 1,000 a page.'
          : 'Each user is looked at as they are now: one request a user.'}
      </ScanProgress>
    );
  }
  if (planned) {
    return (
      <Review
        action={action}
        planned={planned}
        sentence={(count) => wordsOf(phraseOf(action, countOf(action, count)))}
        onBack={drop}
        onRun={(items) => {
          const job = startAction(action, { items, input: planned.input }, session, items.length);
          drop();
          void navigate(paths.job(job.id));
        }}
      />
    );
  }
  return (
    <Choose
      action={action}
      session={session}
      choice={choice}
      onChange={choose}
      onPlan={(input) => {
        const targets = targetsOf(choice, session.serverName);
        if (typeof targets !== 'string') make((making) => planAction(action, targets, input, session, making));
      }}
    />
  );
}
