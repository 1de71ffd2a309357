import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState, type SubmitEvent } from 'react';
import { errorSentence } from '~/api/errors';
import type { Cause } from '~/api/verdicts';
import { mayHaveKeptJobs } from '~/data/has-kept';
import { signIn, type Session } from '~/data/session';
import { parseHomeserverUrl } from '~/lib/homeserver-url';
import { Logo } from '~/ui/Logo';
import { Checks } from './Checks';
import { fieldOf, type Field } from './fields';
import type { Place } from './mends';
import { Guide } from './Guide';
import { readToken } from './read-token';
import classes from './SignInPage.module.css';
import { useSignIn, type Attempt } from './use-sign-in';
import { Outside } from '~/ui/Outside';

const WaitingJobs = lazy(async () => ({ default: (await import('./WaitingJobs')).WaitingJobs }));
const MendNote = lazy(async () => ({ default: (await import('./MendNote')).MendNote }));

/** Opens the embedded demo homeserver and says where it is. */
export type OpenDemo = () => Promise<{ baseUrl: string; token: string }>;

/** For what replaces the button that had the focus. */
const takeFocus = (button: HTMLButtonElement | null) => button?.focus();

/** What was taken off what was pasted, said while it can still be corrected. */
const noteOf = (read: ReturnType<typeof parseHomeserverUrl> | ReturnType<typeof readToken>) =>
  (read.ok && read.note) || undefined;

type Problems = Partial<Record<Field, string>>;

export function SignInPage({ openDemo }: { openDemo: OpenDemo }) {
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [memoryOnly, setMemoryOnly] = useState(false);
  const [problems, setProblems] = useState<Problems>({});
  const [opening, setOpening] = useState(false);
  const [demoProblem, setDemoProblem] = useState<string | null>(null);
  const [mayWait, setMayWait] = useState(false);
  const urlInput = useRef<HTMLInputElement>(null);
  const tokenInput = useRef<HTMLInputElement>(null);
  const go = (session: Session) => signIn(session, memoryOnly ? 'page' : 'tab');
  const { attempt, start, cancel } = useSignIn(go);
  const checking = attempt.status === 'checking';

  useEffect(() => {
    document.title = 'Sign in · Glia';
    // Nothing more is loaded where no job was ever kept.
    void mayHaveKeptJobs().then(setMayWait);
  }, []);

  /** Says what is wrong beside the fields, and leads there. What was typed stays. */
  const point = (found: Problems) => {
    setProblems(found);
    if (found.url !== undefined) urlInput.current?.focus();
    else if (found.token !== undefined) tokenInput.current?.focus();
  };

  const connect = async (where: string, withToken: string) => {
    setDemoProblem(null);
    const parsed = parseHomeserverUrl(where);
    const read = readToken(withToken);
    if (!parsed.ok || !read.ok) {
      cancel();
      point({ ...(!parsed.ok && { url: parsed.reason }), ...(!read.ok && { token: read.reason }) });
      return;
    }
    setProblems({});
    const diagnosis = await start(where, read.token, { demo: false, holdOnWarning: true });
    if (diagnosis && !diagnosis.ok && diagnosis.failure) {
      point({ [fieldOf(diagnosis.failure.cause)]: diagnosis.failure.detail });
    }
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void connect(url, token);
  };

  const tryDemo = async () => {
    setProblems({});
    setDemoProblem(null);
    setOpening(true);
    try {
      const demo = await openDemo();
      const diagnosis = await start(demo.baseUrl, demo.token, { demo: true, holdOnWarning: false });
      if (diagnosis && !diagnosis.ok) setDemoProblem(diagnosis.failure?.detail ?? 'It does not answer.');
    } catch (error) {
      setDemoProblem(errorSentence(error));
    } finally {
      setOpening(false);
    }
  };

  return (
    <main className={classes.page}>
      <header className={classes.brand}>
        <Logo size={40} />
        <div>
          <h1 className={classes.name}>Glia</h1>
          <p className={classes.motto}>The admin dashboard for Synapse homeservers</p>
        </div>
      </header>

      <form className={classes.card} onSubmit={submit} noValidate aria-label="Sign in">
        <TextInput
          ref={urlInput}
          label="Homeserver URL"
          placeholder="https://matrix.example.org"
          type="url"
          inputMode="url"
          autoComplete="url"
          autoCapitalize="none"
          spellCheck={false}
          value={url}
          description={noteOf(parseHomeserverUrl(url))}
          error={problems.url}
          readOnly={checking}
          onChange={(event) => {
            setUrl(event.currentTarget.value);
            setProblems(({ token: other }) => ({ token: other }));
          }}
        />
        {attempt.status === 'failed' && attempt.suggestion !== null && (
          <Suggestion
            typed={url}
            suggestion={attempt.suggestion}
            onUse={(suggestion) => {
              setUrl(suggestion);
              void connect(suggestion, token);
            }}
          />
        )}
        <PasswordInput
          ref={tokenInput}
          label="Access token"
          placeholder="syt_…"
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
          spellCheck={false}
          value={token}
          description={noteOf(readToken(token))}
          error={problems.token}
          // Mantine sets it on its other inputs by itself.
          aria-invalid={problems.token !== undefined}
          readOnly={checking}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
          onChange={(event) => {
            setToken(event.currentTarget.value);
            setProblems(({ url: other }) => ({ url: other }));
          }}
        />
        <Checkbox
          label="Keep until I close this page"
          description="In memory only: a reload asks for the token again. Otherwise this tab remembers it until the tab is closed; nothing else does."
          checked={memoryOnly}
          onChange={(event) => setMemoryOnly(event.currentTarget.checked)}
        />
        {attempt.status === 'warned' ? (
          <Button ref={takeFocus} onClick={() => go(attempt.session)}>
            Continue
          </Button>
        ) : (
          <div className={classes.buttons}>
            <Button type="submit" loading={checking && !opening} disabled={opening} flex={1}>
              Sign in
            </Button>
            {checking && (
              <Button variant="default" onClick={cancel}>
                Cancel
              </Button>
            )}
          </div>
        )}
        <div className={classes.or}>or</div>
        <Button variant="default" loading={opening} disabled={checking && !opening} onClick={() => void tryDemo()}>
          Try the demo homeserver
        </Button>
        <p className={classes.hint}>10,000 made-up users in this page. Nothing leaves your browser.</p>
        {demoProblem !== null && (
          <p role="alert" className={classes.problem}>
            The demo could not be opened: {demoProblem}
          </p>
        )}
      </form>

      <div className={classes.aside}>
        <Progress attempt={attempt} />
        {mayWait && (
          <Suspense fallback={null}>
            <WaitingJobs
              onUse={(baseUrl) => {
                setUrl(baseUrl);
                setProblems({});
                tokenInput.current?.focus();
              }}
            />
          </Suspense>
        )}
        <Guide />
      </div>
    </main>
  );
}

function Suggestion(props: { typed: string; suggestion: string; onUse: (suggestion: string) => void }) {
  const parsed = parseHomeserverUrl(props.typed);
  const host = (parsed.ok && URL.parse(parsed.baseUrl)?.host) || props.typed;
  return (
    <p role="status" className={classes.suggestion}>
      <Outside as="id" text={host} /> says its homeserver is at{' '}
      <b>
        <Outside as="id" text={props.suggestion} />
      </b>
      .{' '}
      <Button size="compact-sm" variant="light" onClick={() => props.onUse(props.suggestion)}>
        Use that instead
      </Button>
    </p>
  );
}

/** The checks as they go, and the mend of what failed. */
function Progress({ attempt }: { attempt: Attempt }) {
  if (attempt.status === 'none') return null;
  const trouble = troubleOf(attempt);
  return (
    <>
      <section aria-labelledby="glia-checks" className={classes.card}>
        <h2 id="glia-checks" className={classes.heading}>
          {HEADINGS[attempt.status]}
        </h2>
        <Checks checks={attempt.checks} over={attempt.status !== 'checking'} />
      </section>
      {trouble && (
        <Suspense fallback={null}>
          <MendNote {...trouble} />
        </Suspense>
      )}
    </>
  );
}

const HEADINGS = {
  checking: 'Looking at the homeserver',
  failed: 'What was looked at',
  warned: 'Signed in, with a warning',
} as const;

/** What the mends need to know, if there is something to mend. */
function troubleOf(attempt: Attempt): { cause: Cause; place: Place } | null {
  if (attempt.status === 'warned') {
    const { homeserver, userId } = attempt.session;
    return { cause: 'media', place: { baseUrl: homeserver.baseUrl, userId } };
  }
  if (attempt.status !== 'failed' || !attempt.failure) return null;
  const { failure, baseUrl, userId } = attempt;
  return { cause: failure.cause, place: { baseUrl: baseUrl ?? 'https://matrix.example.org', userId } };
}
