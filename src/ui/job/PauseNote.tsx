import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { JobSnapshot } from '~/jobs/job';
import { isolated } from '~/lib/shown-text';
import type { Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { lostWords } from './words';

/** Why a paused job rests, and what the admin can decide. Nothing to say about a pause that was asked for. */
export function PauseNote({ snapshot, signedIn }: { snapshot: JobSnapshot; signedIn: boolean }) {
  const { t } = useLingui();
  const { state } = snapshot;
  if (state.phase === 'lost') {
    return (
      <Warning title={t`This browser lost the record of this job`}>
        <span>{wordsOf(state.reason)}</span>
        <span>{lostWords(snapshot)}</span>
        <span>{t`The items below are no newer than that.`}</span>
      </Warning>
    );
  }
  if (state.phase !== 'paused') return null;
  const reason = wordsOf(state.reason);
  switch (state.why) {
    case 'failures':
      return (
        <Warning title={t`Resume or stop?`}>
          <span>{reason}</span>
          <span>
            {t`The job is paused until you decide. The items below say what went wrong. If you resume, Glia asks again after the same number of failures.`}
          </span>
        </Warning>
      );
    case 'unkept':
      return <Unkept snapshot={snapshot} reason={reason} />;
    case 'signed-out':
      if (isReadOnly(state.reason)) {
        return (
          <Warning title={t`Paused by read-only mode`}>
            <span>{reason}</span>
            <span>{t`Then resume the job. Nothing is done twice.`}</span>
          </Warning>
        );
      }
      return <SignedOut snapshot={snapshot} reason={reason} signedIn={signedIn} />;
    case 'asked':
      return reason === '' ? null : (
        <Notice role="status" title={t`Paused`}>
          {reason}
        </Notice>
      );
  }
}

/** As `data/read-only` says it. */
const isReadOnly = (reason: Text): boolean => typeof reason === 'object' && reason.id === 'session.read-only';

function Warning({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Notice role="alert" tone="warning" title={title}>
      {children}
    </Notice>
  );
}

function Unkept({ snapshot: { kept }, reason }: { snapshot: JobSnapshot; reason: string }) {
  const { t } = useLingui();
  return (
    <Warning title={t`This browser can’t save the job`}>
      <span>{reason}</span>
      <span>
        {kept?.ok === false && kept.stale
          ? t`An older state of this job is still on the disk, and the browser can’t remove it. Resuming from there later would report wrong results, so Glia sends nothing more until it is gone. Free some disk space: Glia tries again every few seconds.`
          : t`Nothing more is sent until you decide. If you resume, the results are in this tab only: leave it open, and download the report.`}
      </span>
    </Warning>
  );
}

function SignedOut({ snapshot, reason, signedIn }: { snapshot: JobSnapshot; reason: string; signedIn: boolean }) {
  const { t } = useLingui();
  const { owner, kept } = snapshot;
  const account = isolated(owner.userId);
  const homeserver = isolated(owner.baseUrl);
  // Losing access is what to answer first, and resuming afterwards asks nothing more: so this is said here, too.
  const problem = kept?.ok === false ? wordsOf(kept.reason) : null;
  const unkept = problem !== null && (
    <span>
      {t`This browser can’t save the job: ${problem} The results are in this tab only: leave it open, and download the report.`}
    </span>
  );
  if (signedIn) {
    return (
      <Notice role="alert" tone="key" title={t`Resume as ${account}?`}>
        <span>{t`The job paused when it lost access: “${reason}” Nothing is done twice.`}</span>
        {unkept}
      </Notice>
    );
  }
  return (
    <Warning title={t`Signed out`}>
      <span>{reason}</span>
      <span>{t`Sign in as ${account} on ${homeserver} to resume. Nothing is done twice.`}</span>
      {unkept}
    </Warning>
  );
}
