import { HomeserverError } from '~/api/errors';
import type { AnswerAsIs } from '~/api/request';
import type { Session } from '~/data/session';
import { recordSent, type SentOutcome } from '~/job-store/readings';
import { pathParts, type Draft } from './draft';
import { withoutSecretsInPath } from './secrets-out';

/** Requests of the console that may change something, in Activity. */

/**
 * Sends one that is listed before it is sent: the page may be closed, or break, before an answer comes.
 * @param ask sends it
 */
export async function recorded(
  draft: Draft,
  session: Session,
  ask: () => Promise<AnswerAsIs>,
  signal: AbortSignal,
): Promise<AnswerAsIs> {
  const { target, request } = sentOf(draft, null);
  const record = recordSent({ target, request }, session);
  await record.written;
  const isStopped = signal.aborted;
  try {
    const answer = await ask();
    record.end(outcomeOf(answer));
    return answer;
  } catch (error) {
    // What was given up or held back while it was written was not sent.
    record.end(isStopped || !(error instanceof HomeserverError) ? 'skipped' : 'unknown');
    throw error;
  }
}

/** As Activity keeps it: without its query and body, and without a registration token, which is a secret. */
export function sentOf(draft: Draft, answer: Pick<AnswerAsIs, 'status' | 'text'> | null) {
  const path = withoutSecretsInPath(draft.path).split('?')[0] ?? '';
  const target = pathParts(draft).find(({ value }) => /^[@!#]/.test(value))?.value ?? path;
  return { target, request: `${draft.method} ${path}`, outcome: outcomeOf(answer) } as const;
}

/** Only the homeserver’s own answer says how it ended: a proxy’s page, whatever its status, says nothing. */
function outcomeOf(answer: Pick<AnswerAsIs, 'status' | 'text'> | null): SentOutcome {
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
