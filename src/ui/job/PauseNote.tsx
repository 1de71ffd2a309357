import type { JobSnapshot } from '~/jobs/job';
import { Notice } from '~/ui/Notice';
import { lostWords } from './words';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';

/** Why a paused job rests, and what the admin can decide. Nothing to say about a pause that was asked for. */
export function PauseNote({ snapshot, signedIn }: { snapshot: JobSnapshot; signedIn: boolean }) {
  const { state, owner, kept } = snapshot;
  if (state.phase === 'lost') {
    return (
      <Notice role="alert" tone="warning" title="This browser lost the journal of this job">
        <span>{wordsOf(state.reason)}</span>
        <span>{lostWords(snapshot)} The rows below are no newer than that.</span>
      </Notice>
    );
  }
  if (state.phase !== 'paused') return null;
  if (state.why === 'failures') {
    return (
      <Notice role="alert" tone="warning" title="Resume, or stop?">
        <span>{wordsOf(state.reason)}</span>
        <span>
          Paused until you decide. The items below say what went wrong. If you resume, Glia asks again after the same
          number of failures.
        </span>
      </Notice>
    );
  }
  if (state.why === 'unkept') {
    return (
      <Notice role="alert" tone="warning" title="This browser can’t keep the job">
        <span>{wordsOf(state.reason)}</span>
        {kept?.ok === false && kept.stale ? (
          <span>
            The disk still holds an older state of this job, and the browser can’t remove it. Nothing more is sent until
            it is gone: resumed from there later, the job would report wrong results. Free some disk space; Glia tries
            again every few seconds.
          </span>
        ) : (
          <span>
            The results so far are below, and nothing more is sent until you decide. Nothing of it stays on disk to
            resume from, since that would soon say less than was done. “Resume” runs it anyway: the results live in this
            tab only, so leave the tab open and export them.
          </span>
        )}
      </Notice>
    );
  }
  // Losing access is what to answer to first, and going on afterwards asks nothing more.
  const unkept = kept?.ok === false && (
    <span>
      {`This browser can’t keep the job: ${wordsOf(kept.reason)} The results live in this tab only, so leave the tab open and export them.`}
    </span>
  );
  if (state.why === 'signed-out' && signedIn) {
    return (
      <Notice role="alert" tone="key" title="Resume with today’s token?">
        <span>{`The job paused because its access was lost. What it said then: “${wordsOf(state.reason)}” Nothing that was done will be repeated.`}</span>
        {unkept}
      </Notice>
    );
  }
  if (state.why === 'signed-out') {
    return (
      <Notice role="alert" tone="warning" title="Signed out">
        <span>{wordsOf(state.reason)}</span>
        <span>{`Sign in as ${isolated(owner.userId)} on ${isolated(owner.baseUrl)} to resume. Nothing that was done will be repeated.`}</span>
        {unkept}
      </Notice>
    );
  }
  return state.reason === '' ? null : (
    <Notice role="status" title="Paused">
      {wordsOf(state.reason)}
    </Notice>
  );
}
