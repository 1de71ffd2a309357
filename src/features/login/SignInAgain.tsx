import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { isSame, ownerOf, showAccount, signInAgain, signOut, useAccounts, type Session } from '~/data/session';
import { Id } from '~/ui/Id';
import { readToken } from './read-token';
import { UnencryptedQuestion } from './UnencryptedQuestion';
import { useSignIn } from './use-sign-in';
import { Outside } from '~/ui/Outside';
import { isolated } from '~/lib/shown-text';
import type { Text as Words } from '~/lib/text';
import { wordsOf } from '~/lib/words';

/** The token is no longer good: a new one for the same account, over the page as it stands. */
export function SignInAgain({ session, reason }: { session: Session; reason: Words }) {
  const { t } = useLingui();
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  /** Whose the token is, when it is another account's. */
  const [stranger, setStranger] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const mine = ownerOf(session);
  const other = useAccounts().find((account) => !isSame(ownerOf(account.session), mine))?.session;
  const { attempt, start } = useSignIn((next) => {
    if (next.userId === session.userId) void signInAgain(next);
    else setStranger(next.userId);
  });
  const checking = attempt.status === 'checking' || attempt.status === 'asking';

  useEffect(() => {
    if (problem !== null || stranger !== null) input.current?.focus();
  }, [problem, stranger]);

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setProblem(null);
    setStranger(null);
    const read = readToken(token);
    if (!read.ok) {
      setProblem(read.reason);
      return;
    }
    const { baseUrl } = session.homeserver;
    const diagnosis = await start(baseUrl, read.token, { demo: session.demo, holdOnWarning: false });
    if (diagnosis && !diagnosis.ok) {
      const { userId, failure } = diagnosis;
      if (userId !== null && userId !== session.userId) setStranger(userId);
      else setProblem(failure ? wordsOf(failure.detail) : t`Cancelled.`);
    }
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
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack>
          <Text size="sm">
            <Trans>
              The homeserver no longer accepts the access token of <Id value={session.userId} plain /> at{' '}
              <Outside as="id" text={session.homeserver.baseUrl} />.
            </Trans>
          </Text>
          <Text size="sm" c="dimmed">
            <bdi>{wordsOf(reason)}</bdi>
          </Text>
          <PasswordInput
            ref={input}
            data-autofocus
            label={t`Access token`}
            description={t`Enter a new token of the same account. The page behind this dialog stays as it is, and its jobs are paused.`}
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            spellCheck={false}
            value={token}
            readOnly={checking}
            error={stranger === null ? problem : strangerSentence(stranger, session.userId)}
            aria-invalid={problem !== null || stranger !== null}
            visibilityToggleButtonProps={{ 'aria-label': t`Show the token`, tabIndex: 0 }}
            onChange={(event) => {
              setToken(event.currentTarget.value);
              setProblem(null);
              setStranger(null);
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
    </Modal>
  );
}

const ignore = () => undefined;

function strangerSentence(stranger: string, userId: string): string {
  const other = isolated(stranger);
  const own = isolated(userId);
  return t`This token belongs to ${other}, but you are signed in as ${own}. Enter a token of ${own}, or sign out and start over.`;
}
