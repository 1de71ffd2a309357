import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { typedPath } from '~/api/typed-path';
import { HomeserverError } from '~/api/errors';
import { refuseIfHeld } from '~/api/held';
import { requestAsIs, type AnswerAsIs, type Homeserver } from '~/api/request';
import { consoleDraft } from '~/data/console-draft';
import { expireSession, ownerOf, useSession } from '~/data/session';
import { invariant } from '~/lib/invariant';
import { textOfError } from '~/lib/text-error';
import { noteSent } from './console-state';
import { entryOf, FIRST, type Draft } from './draft';
import { recorded } from './recorded';
import { withoutSecrets } from './secrets-out';

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
        const ask = () =>
          requestAsIs(homeserver, {
            method,
            path,
            signal: own.signal,
            timeoutMs: LONG_MS,
            ...(method !== 'GET' && body.trim() !== '' && { body }),
          });
        if (isWrite(draft)) refuseIfHeld(method, path, homeserver);
        const answer = await (isWrite(draft) ? recorded(draft, session, ask, own.signal) : ask());
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

/** A 401 in the homeserver’s own words opens sign-in over the page, as anywhere else. */
function seeSignedOut({ status, text }: AnswerAsIs, { method, path }: Draft, sentWith: Homeserver): void {
  if (status !== 401) return;
  const errcode = /"errcode"\s*:\s*"(M_UNKNOWN_TOKEN|M_MISSING_TOKEN|M_USER_LOCKED)"/.exec(text)?.[1];
  if (errcode === undefined) return;
  const reason = textOfError(new HomeserverError({ kind: 'matrix', method, path, status, errcode }));
  expireSession(reason, Number.POSITIVE_INFINITY, sentWith);
}
