import { Alert, Button, Checkbox, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { errorSentence } from '~/api/errors';
import { signIn } from '~/data/session';
import { Logo } from '~/ui/Logo';
import { openSession } from './open-session';

/** Opens the embedded demo homeserver and says where it is. */
export type OpenDemo = () => Promise<{ baseUrl: string; token: string }>;

export function SignInPage({ openDemo }: { openDemo: OpenDemo }) {
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [pageOnly, setPageOnly] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const connect = async (where: () => Promise<{ baseUrl: string; token: string }>, demo: boolean) => {
    setBusy(true);
    setError(null);
    try {
      signIn(await openSession(await where(), demo), pageOnly ? 'page' : 'tab');
    } catch (thrown) {
      setError(errorSentence(thrown));
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void connect(() => Promise.resolve({ baseUrl: url.trim().replace(/\/+$/, ''), token: token.trim() }), false);
  };

  return (
    <main style={{ maxWidth: 440, margin: '0 auto', padding: 16 }}>
      <Paper withBorder p="lg" component="form" onSubmit={submit}>
        <Stack>
          <Logo />
          <Title order={1}>Sign in</Title>
          <TextInput label="Homeserver URL" value={url} onChange={(event) => setUrl(event.currentTarget.value)} />
          <PasswordInput
            label="Access token"
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <Checkbox
            label="Keep until I close this page"
            checked={pageOnly}
            onChange={(event) => setPageOnly(event.currentTarget.checked)}
          />
          {error !== null && (
            <Alert color="red" role="alert">
              <Text size="sm">{error}</Text>
            </Alert>
          )}
          <Button type="submit" loading={busy}>
            Sign in
          </Button>
          <Button variant="default" disabled={busy} onClick={() => void connect(openDemo, true)}>
            Try the demo homeserver
          </Button>
        </Stack>
      </Paper>
    </main>
  );
}
