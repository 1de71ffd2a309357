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
      <Notice role="alert" tone="warning" title="Go on, or stop?">
        <span>{wordsOf(state.reason)}</span>
        <span>
          Nothing runs until you decide. The ledger below says what went wrong; “Go on” asks again after as many more.
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
            What came so far is in the ledger below, and nothing more is sent until you decide. Nothing of it stays on
            disk to go on from, since that would soon tell less than was done. “Go on” runs it all the same: the ledger
            lives in this tab only, so leave the tab open and download the report.
          </span>
        )}
      </Notice>
    );
  }
  // Losing access is what to answer to first, and going on afterwards asks nothing more.
  const unkept = kept?.ok === false && (
    <span>
      {`This browser can’t keep the job: ${wordsOf(kept.reason)} The ledger lives in this tab only, so leave the tab open and download the report.`}
    </span>
  );
  if (state.why === 'signed-out' && signedIn) {
    return (
      <Notice role="alert" tone="key" title="Go on with today’s token?">
        <span>{`The job paused because its access was lost. What it said then: “${wordsOf(state.reason)}” Nothing that was done will be repeated.`}</span>
        {unkept}
      </Notice>
    );
  }
  if (state.why === 'signed-out') {
    return (
      <Notice role="alert" tone="warning" title="Signed out">
        <span>{wordsOf(state.reason)}</span>
        <span>{`Sign in as ${isolated(owner.userId)} on ${isolated(owner.baseUrl)} to go on. Nothing that was done will be repeated.`}</span>
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
