import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Divider, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { againOf } from '~/data/again';
import type { OAuthAnswer } from '~/data/kept-oauth';
import type { Granted } from '~/data/oauth-sign-in';
import {
  isSame,
  keepingOf,
  ownerOf,
  showAccount,
  signInAgain,
  signOut,
  useAccounts,
  type Session,
} from '~/data/session';
import { Id } from '~/ui/Id';
import { LeavingNote } from './LeavingNote';
import { MasArrival } from './MasArrival';
import { offeringAt } from './offering-at';
import { OtherWays } from './OtherWays';
import { readToken } from './read-token';
import { UnencryptedQuestion } from './UnencryptedQuestion';
import { useSignIn } from './use-sign-in';
import { Outside } from '~/ui/Outside';
import { isolated } from '~/lib/shown-text';
import type { Text as Words } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/**
 * The token is no longer good: a new one for the same account, over the page as it stands. What Glia itself obtained can be obtained again
 * in the same way; where that leads to another site, the page that opens then finishes it (SignInPage).
 */
export function SignInAgain({ session, reason }: { session: Session; reason: Words }) {
  const { t } = useLingui();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<{ text: string; isObtained: boolean } | null>(null);
  /** What MAS led back with, where it is in this page. */
  const [answer, setAnswer] = useState<OAuthAnswer | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const mine = ownerOf(session);
  const { baseUrl } = mine;
  const other = useAccounts().find((account) => !isSame(ownerOf(account.session), mine))?.session;
  const { attempt, start, cancel } = useSignIn((next) => void signInAgain(next));
  const checking = attempt.status === 'checking' || attempt.status === 'asking';
  const stranger = attempt.status === 'stranger' ? attempt : null;
  const offering = session.isObtained === true ? offeringAt(baseUrl) : null;
  const again = againOf(session, window.location.hash);

  const failed = stranger ? strangerProblem(stranger, session.userId) : problem;

  useEffect(() => {
    if (problem?.isObtained === false || stranger?.isObtained === false) input.current?.focus();
  }, [problem, stranger]);

  const connect = async (withToken: string, isObtained = false, granted?: Granted) => {
    setProblem(null);
    const manner = { demo: session.demo, holdOnWarning: false, isObtained, granted, again };
    const diagnosis = await start(baseUrl, withToken, manner);
    if (!diagnosis || diagnosis.ok || (diagnosis.userId !== null && diagnosis.userId !== session.userId)) return;
    setProblem({ text: diagnosis.failure ? wordsOf(diagnosis.failure.detail) : t`Cancelled.`, isObtained });
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    cancel();
    const read = readToken(token);
    if (read.ok) void connect(read.token);
    else setProblem({ text: read.reason, isObtained: false });
  };

  const enterByMas = (granted: Granted) => {
    setAnswer(null);
    void connect(granted.token, true, granted);
  };

  return (
    <Modal
      opened
      onClose={ignore}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={t`Sign in again`}
      centered
      // Over whatever dialog is open.
      zIndex={500}
      // Mantine's <header>, outside any section, would be a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Stack>
        <Text size="sm">
          <Trans>
            The homeserver no longer accepts the access token of <Id value={session.userId} plain /> at{' '}
            <Outside as="id" text={baseUrl} />.
          </Trans>
        </Text>
        <Text size="sm" c="dimmed">
          <bdi>{wordsOf(reason)}</bdi>
        </Text>
        {failed?.isObtained && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {failed.text}
          </Text>
        )}
        {answer !== null && <MasArrival answer={answer} onGranted={enterByMas} onAnswer={setAnswer} />}
        {offering !== null && answer === null && (
          <>
            <OtherWays
              baseUrl={offering}
              disabled={checking}
              keeping={keepingOf(mine)}
              again={again}
              leaving={<LeavingNote />}
              onToken={(obtained) => void connect(obtained, true)}
              onAnswer={setAnswer}
            />
            <Divider label={t`or`} />
          </>
        )}
        <form onSubmit={submit} noValidate>
          <Stack>
            <PasswordInput
              ref={input}
              data-autofocus={offering === null || undefined}
              label={t`Access token`}
              description={t`Enter a new token of the same account. The page behind this dialog stays as it is, and its jobs are paused.`}
              autoComplete="off"
              data-1p-ignore
              data-lpignore="true"
              spellCheck={false}
              value={token}
              readOnly={checking}
              error={failed?.isObtained === false ? failed.text : null}
              aria-invalid={failed?.isObtained === false}
              visibilityToggleButtonProps={{ 'aria-label': t`Show the token`, tabIndex: 0 }}
              onChange={(event) => {
                setToken(event.currentTarget.value);
                setProblem(null);
                if (stranger) cancel();
              }}
            />
            {attempt.status === 'asking' && <UnencryptedQuestion baseUrl={attempt.baseUrl} onAnswer={attempt.answer} />}
            <Group justify="flex-end">
              {other && (
                <Button variant="subtle" onClick={() => showAccount(ownerOf(other))}>
                  <span>
                    <Trans>
                      Go to <Outside as="id" text={other.userId} />
                    </Trans>
                  </span>
                </Button>
              )}
              <Button variant="default" onClick={() => signOut()}>
                {stranger === null ? t`Sign out` : t`Sign out and start over`}
              </Button>
              <Button type="submit" loading={checking}>
                <Trans>Sign in</Trans>
              </Button>
            </Group>
          </Stack>
        </form>
      </Stack>
    </Modal>
  );
}

const ignore = () => undefined;

interface Stranger {
  readonly userId: string;
  readonly isObtained: boolean;
}

/** What Glia obtained itself is ended: nobody else knows of it. */
function strangerProblem(stranger: Stranger, userId: string): { text: string; isObtained: boolean } {
  const { isObtained } = stranger;
  const other = isolated(stranger.userId);
  const own = isolated(userId);
  const text = isObtained
    ? t`You signed in as ${other}, but this page belongs to ${own}. Nothing was changed, and the new session has been ended. Sign in as ${own}, or sign out and start over.`
    : t`This token belongs to ${other}, but you are signed in as ${own}. Enter a token of ${own}, or sign out and start over.`;
  return { text, isObtained };
}
