import { Button, PasswordInput, TextInput } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import type { Cause } from '~/api/verdicts';
import { mayHaveKeptJobs } from '~/job-store/has-kept';
import { signIn, type Session } from '~/data/session';
import { parseHomeserverUrl } from '~/lib/homeserver-url';
import { ErrorBoundary } from '~/ui/ErrorBoundary';
import { Logo } from '~/ui/Logo';
import { Checks } from './Checks';
import { fieldOf, type Field } from './fields';
import type { Place } from './mends';
import { Guide } from './Guide';
import { readToken } from './read-token';
import classes from './SignInPage.module.css';
import { SuggestionNote } from './SuggestionNote';
import { KEEP_BY_DEFAULT, TokenKeeping } from './TokenKeeping';
import { UnencryptedQuestion } from './UnencryptedQuestion';
import { useSignIn, type Attempt } from './use-sign-in';
import { wordsOf, wordsOfError } from '~/lib/words';

const WaitingJobs = lazy(async () => ({ default: (await import('./WaitingJobs')).WaitingJobs }));
const MendNote = lazy(async () => ({ default: (await import('./MendNote')).MendNote }));

/** Opens the embedded demo homeserver and says where it is. */
export type OpenDemo = () => Promise<{ baseUrl: string; token: string }>;

/** For what replaces the button that had the focus. */
const takeFocus = (button: HTMLButtonElement | null) => button?.focus();

/** What was taken off what was pasted, said while it can still be corrected. */
const noteOf = (read: ReturnType<typeof parseHomeserverUrl> | ReturnType<typeof readToken>) =>
  (read.ok && read.note !== null && wordsOf(read.note)) || undefined;

type Problems = Partial<Record<Field, string>>;

/** @param props.why why the tab was signed out, where nobody asked for it here; null otherwise */
export function SignInPage({ openDemo, why }: { openDemo: OpenDemo; why: string | null }) {
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [keeping, setKeeping] = useState(KEEP_BY_DEFAULT);
  const [problems, setProblems] = useState<Problems>({});
  const [opening, setOpening] = useState(false);
  const [demoProblem, setDemoProblem] = useState<string | null>(null);
  const [mayWait, setMayWait] = useState(false);
  const urlInput = useRef<HTMLInputElement>(null);
  const tokenInput = useRef<HTMLInputElement>(null);
  const go = (session: Session) => void signIn(session, keeping.keep, keeping.forgetAfterMs);
  const { attempt, start, cancel } = useSignIn(go);
  const asking = attempt.status === 'asking';
  const checking = attempt.status === 'checking' || asking;

  useEffect(() => {
    document.title = 'Sign in · Glia';
    urlInput.current?.focus();
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
      point({ ...(!parsed.ok && { url: wordsOf(parsed.reason) }), ...(!read.ok && { token: read.reason }) });
      return;
    }
    setProblems({});
    const diagnosis = await start(where, read.token, { demo: false, holdOnWarning: true });
    if (diagnosis && !diagnosis.ok && diagnosis.failure) {
      point({ [fieldOf(diagnosis.failure.cause)]: wordsOf(diagnosis.failure.detail) });
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
      if (diagnosis && !diagnosis.ok)
        setDemoProblem(diagnosis.failure ? wordsOf(diagnosis.failure.detail) : 'It does not answer.');
    } catch (error) {
      setDemoProblem(wordsOfError(error));
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
        {why !== null && (
          <p role="status" className={classes.why}>
            {why}
          </p>
        )}
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
          <SuggestionNote
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
          readOnly={checking}
          aria-invalid={problems.token !== undefined}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the token', tabIndex: 0 }}
          onChange={(event) => {
            setToken(event.currentTarget.value);
            setProblems(({ url: other }) => ({ url: other }));
          }}
        />
        <TokenKeeping value={keeping} onChange={setKeeping} />
        {asking && <UnencryptedQuestion baseUrl={attempt.baseUrl} onAnswer={attempt.answer} />}
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
          <Optional>
            <WaitingJobs
              onUse={(baseUrl) => {
                setUrl(baseUrl);
                setProblems({});
                tokenInput.current?.focus();
              }}
            />
          </Optional>
        )}
        <Guide />
      </div>
    </main>
  );
}

/** Loaded when needed; where it can't be, signing in works without. */
function Optional({ children }: { children: ReactNode }) {
  return (
    <ErrorBoundary fallback={() => null}>
      <Suspense fallback={null}>{children}</Suspense>
    </ErrorBoundary>
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
        <Checks checks={attempt.checks} over={attempt.status === 'failed' || attempt.status === 'warned'} />
      </section>
      {trouble && (
        <Optional>
          <MendNote {...trouble} />
        </Optional>
      )}
    </>
  );
}

const HEADINGS = {
  checking: 'Looking at the homeserver',
  asking: 'Looking at the homeserver',
  failed: 'What was looked at',
  warned: 'Signed in, with a warning',
} as const;

/** What the mends need to know, if there is something to mend. */
function troubleOf(attempt: Attempt): { cause: Cause; place: Place } | null {
  if (attempt.status === 'warned') {
    if (!attempt.checks.some(({ cause }) => cause === 'media')) return null;
    const { homeserver, userId } = attempt.session;
    return { cause: 'media', place: { baseUrl: homeserver.baseUrl, userId } };
  }
  if (attempt.status !== 'failed' || !attempt.failure) return null;
  const { failure, baseUrl, userId } = attempt;
  return { cause: failure.cause, place: { baseUrl: baseUrl ?? 'https://matrix.example.org', userId } };
}
