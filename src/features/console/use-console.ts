import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { typedPath } from '~/api/typed-path';
import { HomeserverError } from '~/api/errors';
import { requestAsIs, type AnswerAsIs, type Homeserver } from '~/api/request';
import { consoleDraft } from '~/data/console-draft';
import { expireSession, ownerOf, useSession, type Session } from '~/data/session';
import { recordSent } from '~/job-store/readings';
import { invariant } from '~/lib/invariant';
import { textOfError } from '~/lib/text-error';
import { noteSent } from './console-state';
import { entryOf, FIRST, pathParts, type Draft } from './draft';
import { withoutSecrets, withoutSecretsInPath } from './secrets-out';

/** Deleting media or a room answers when it is done. */
const LONG_MS = 600_000;

export const useDraft = (): Draft => useSyncExternalStore(consoleDraft.subscribe, consoleDraft.get) ?? FIRST;
export const setDraft = (draft: Draft): void => consoleDraft.set(draft);

/** Whether it changes something: anything but what only reads. */
export const isWrite = (draft: Draft): boolean => draft.method !== 'GET' && entryOf(draft)?.reads !== true;

/** Sends what stands in the form, and keeps the answer until the next one. */
export function useSend() {
  const session = useSession();
  const { homeserver } = session;
  const client = useQueryClient();
  const [abort, setAbort] = useState<AbortController | null>(null);
  const sending = useMutation({
    mutationFn: async (draft: Draft): Promise<AnswerAsIs> => {
      const path = typedPath(draft.path);
      invariant(path !== null, 'what can’t be sent is not offered to be sent');
      const own = new AbortController();
      setAbort(own);
      const begun = performance.now();
      const note = (status: number | null, ms: number) =>
        noteSent(ownerOf(session), { ...draft, ...withoutSecrets(draft.body), at: Date.now(), status, ms });
      try {
        const { method, body } = draft;
        const sent = requestAsIs(homeserver, {
          method,
          path,
          signal: own.signal,
          timeoutMs: LONG_MS,
          ...(method !== 'GET' && body.trim() !== '' && { body }),
        });
        if (isWrite(draft)) recordWhile(sent, draft, session);
        const answer = await sent;
        note(answer.status, answer.ms);
        seeSignedOut(answer, draft, homeserver);
        return answer;
      } catch (error) {
        note(null, performance.now() - begun);
        throw error;
      } finally {
        // Whatever came of it: what the pages know may be old.
        if (isWrite(draft)) void client.invalidateQueries();
      }
    },
  });
  return { ...sending, cancel: () => abort?.abort() };
}

/** In Activity from the moment at which it is sent: the page may be closed before an answer comes. */
function recordWhile(sent: Promise<AnswerAsIs>, draft: Draft, session: Session): void {
  let end: ((outcome: Outcome) => void) | null = null;
  let isHeld = false;
  // What was held back was not sent, which is known by then.
  setTimeout(() => {
    if (!isHeld) end ??= recordSent(sentOf(draft, null), session);
  }, 0);
  const record = (answer: AnswerAsIs | null) => {
    const is = sentOf(draft, answer);
    end ??= recordSent(is, session);
    end(is.outcome);
  };
  sent.then(record, (error: unknown) => {
    isHeld = !(error instanceof HomeserverError);
    if (!isHeld) record(null);
  });
}

/** As Activity keeps it: without its query and body, and without a registration token, which is a secret. */
export function sentOf(draft: Draft, answer: Pick<AnswerAsIs, 'status' | 'text'> | null) {
  const path = withoutSecretsInPath(draft.path).split('?')[0] ?? '';
  const target = pathParts(draft).find(({ value }) => /^[@!#]/.test(value))?.value ?? path;
  return { target, request: `${draft.method} ${path}`, outcome: outcomeOf(answer) } as const;
}

type Outcome = 'done' | 'failed' | 'unknown';

/** Only the homeserver’s own answer says how it ended: a proxy’s page, whatever its status, says nothing. */
function outcomeOf(answer: Pick<AnswerAsIs, 'status' | 'text'> | null): Outcome {
  if (answer === null) return 'unknown';
  const { status, text } = answer;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'unknown';
  }
  if (typeof json !== 'object' || json === null) return 'unknown';
  if (status >= 200 && status < 300) return 'done';
  return 'errcode' in json || 'errors' in json ? 'failed' : 'unknown';
}

/** A 401 in the homeserver’s own words opens sign-in over the page, as anywhere else. */
function seeSignedOut({ status, text }: AnswerAsIs, { method, path }: Draft, sentWith: Homeserver): void {
  if (status !== 401) return;
  const errcode = /"errcode"\s*:\s*"(M_UNKNOWN_TOKEN|M_MISSING_TOKEN|M_USER_LOCKED)"/.exec(text)?.[1];
  if (errcode === undefined) return;
  const reason = textOfError(new HomeserverError({ kind: 'matrix', method, path, status, errcode }));
  expireSession(reason, Number.POSITIVE_INFINITY, sentWith);
}
