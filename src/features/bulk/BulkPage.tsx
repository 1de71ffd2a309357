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

/** One action for many: choose whom, look at each, review, run. The job then has a page of its own. */
export function BulkPage() {
  const { kind = '' } = useParams();
  const action = actionOf(kind);
  const session = useSession();
  const guarded = action?.guard?.(asServer(session)) ?? null;
  const nouns = action && NOUNS[action.entity];
  if (!action || !nouns) {
    return (
      <Page title="Bulk change">
        <EmptyNote title="There is no such change">Choose one from the selection bar of a list.</EmptyNote>
      </Page>
    );
  }
  const title = phraseOf(action, `many ${nouns.many}`).replace('…', '');
  return (
    <Page title={title}>
      {guarded === null ? (
        <OneAction key={kind} action={action} nouns={nouns} />
      ) : (
        <EmptyNote title="This homeserver can’t do that">{guarded}</EmptyNote>
      )}
    </Page>
  );
}

interface Nouns {
  readonly one: string;
  readonly many: string;
}

/** Of what can be changed here, many at once. */
const NOUNS: Readonly<Partial<Record<AnyAction['entity'], Nouns>>> = {
  user: { one: 'user', many: 'users' },
  media: { one: 'file', many: 'files' },
};

function OneAction({ action, nouns }: { action: AnyAction; nouns: Nouns }) {
  const session = useSession();
  const navigate = useNavigate();
  const signedIn = useSignedInAs(ownerOf(session));
  const plan = usePlan<Choice, ActionPlanned>(`bulk/${action.kind}`, firstChoice(action));
  const { choice, choose, make, drop, reading, planned } = plan;

  useEffect(() => {
    const { users, media } = takeHandover();
    const isHanded = action.entity === 'media' ? media : users;
    if (!isHanded) return;
    drop();
    choose({ handed: users ?? null, files: media ?? null, from: 'handed' });
  }, [action, drop, choose]);

  if (reading) {
    return (
      <ScanProgress
        key={reading.job.id}
        reading={reading}
        signedIn={signedIn}
        onCancel={drop}
        look={{ idHeader: reading.stage === 'list' ? 'Page' : capital(nouns.one) }}
        mayGoWithout={reading.stage === 'items'}
      >
        {reading.stage === 'list'
          ? 'First the list of users, 1,000 a page.'
          : `Each ${nouns.one} is looked at as it is now: one request a ${nouns.one}.`}
      </ScanProgress>
    );
  }
  if (planned) {
    return (
      <Review
        action={action}
        planned={planned}
        sentence={(count) => phraseOf(action, countOf(action, count)).replace('…', '')}
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
        const targets = targetsOf(action, choice, session.serverName);
        if (typeof targets !== 'string') make((making) => planAction(action, targets, input, session, making));
      }}
    />
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
