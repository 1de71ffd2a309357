import { Trans, useLingui } from '@lingui/react/macro';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { lazy, useEffect, useRef, useState, type SubmitEvent } from 'react';
import { mayHaveKeptJobs } from '~/job-store/has-kept';
import { config, isAllowed } from '~/data/config';
import { NAME_AND_VERSION } from '~/lib/version';
import { ownerOf, signIn, type Session } from '~/data/session';
import { isMeant } from '~/data/again';
import type { OAuthAnswer } from '~/data/kept-oauth';
import type { SsoAnswer } from '~/data/kept-sso';
import type { Granted } from '~/data/oauth-sign-in';
import { parseHomeserverUrl } from '~/lib/homeserver-url';
import { Logo } from '~/ui/Logo';
import { fieldOf, type Field } from './fields';
import { Guide } from './Guide';
import { LanguageField } from './LanguageField';
import { offeringAt } from './offering-at';
import { Optional } from './Optional';
import { Progress } from './Progress';
import { readToken } from './read-token';
import classes from './SignInPage.module.css';
import { SuggestionNote } from './SuggestionNote';
import { keepingOf } from './keeping';
import { TokenKeeping } from './TokenKeeping';
import { UnencryptedQuestion } from './UnencryptedQuestion';
import { useSignIn } from './use-sign-in';
import { isolated } from '~/lib/shown-text';
import { wordsOf, wordsOfError, type Words } from '~/lib/words';

const WaitingJobs = lazy(async () => ({ default: (await import('./WaitingJobs')).WaitingJobs }));
const OtherWays = lazy(async () => ({ default: (await import('./OtherWays')).OtherWays }));
const MasArrival = lazy(async () => ({ default: (await import('./MasArrival')).MasArrival }));
const AgainNote = lazy(async () => ({ default: (await import('./AgainNote')).AgainNote }));

/** Opens the embedded demo homeserver and says where it is. */
export type OpenDemo = () => Promise<{ baseUrl: string; token: string; masUrl?: string | undefined }>;

/** For what replaces the button that had the focus. */
const takeFocus = (button: HTMLButtonElement | null) => button?.focus();

/** What was taken off what was pasted, said while it can still be corrected. */
const noteOf = (read: ReturnType<typeof parseHomeserverUrl> | ReturnType<typeof readToken>) =>
  (read.ok && read.note !== null && wordsOf(read.note)) || undefined;

type Problems = Partial<Record<Field, string>>;

/** The same in every language. */
const NAME = 'Glia';
const URL_EXAMPLE = 'https://matrix.example.org';
const TOKEN_EXAMPLE = 'syt_…';

interface SignInPageProps {
  openDemo: OpenDemo;
  /** Why the tab was signed out, where nobody asked for it here; null otherwise. */
  why: Words | null;
  /** What came back from single sign-on with this visit; null: nothing. */
  arrived: SsoAnswer | OAuthAnswer | null;
}

export function SignInPage({ openDemo, why, arrived }: SignInPageProps) {
  const { t } = useLingui();
  const { restrictBaseUrl: allowed } = config();
  const [url, setUrl] = useState(arrived?.baseUrl ?? allowed[0] ?? '');
  /** Where it is asked what it offers besides a token: once its URL is entered. */
  const [offering, setOffering] = useState(() => offeringAt(url));
  /** What MAS led back with. */
  const [answer, setAnswer] = useState(arrived && 'said' in arrived ? arrived : null);
  const [ssoProblem, setSsoProblem] = useState<string | null>(null);
  const [token, setToken] = useState('');
  /** Whose session is to be renewed; null: anybody may sign in. */
  const [again, setAgain] = useState(arrived?.again ?? null);
  const [keeping, setKeeping] = useState(() =>
    keepingOf(arrived && ('said' in arrived ? arrived.asked : arrived).keeping),
  );
  const [problems, setProblems] = useState<Problems>({});
  const [opening, setOpening] = useState(false);
  const [demoProblem, setDemoProblem] = useState<string | null>(null);
  const [mayWait, setMayWait] = useState(false);
  const urlInput = useRef<HTMLInputElement>(null);
  const tokenInput = useRef<HTMLInputElement>(null);
  const go = (session: Session) => {
    const isBack = again !== null && isMeant(again, ownerOf(session));
    // What is behind the sign-in begins with the address that it finds.
    if (isBack) window.history.replaceState(null, '', `#${again.path}`);
    const entered = isBack && again.readOnly ? { ...session, readOnly: true } : session;
    void signIn(entered, keeping.keep, keeping.forgetAfterMs);
  };
  const { attempt, start, cancel } = useSignIn(go);
  const asking = attempt.status === 'asking';
  const checking = attempt.status === 'checking' || asking;

  useEffect(() => {
    (config().restrictBaseUrl.length === 1 ? tokenInput : urlInput).current?.focus();
    // Nothing more is loaded where no job was ever kept.
    void mayHaveKeptJobs().then(setMayWait);
  }, []);
  const windowTitle = t`Sign in · Glia`;
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);

  /** Says what is wrong beside the fields, and leads there. What was typed stays. */
  const point = (found: Problems) => {
    setProblems(found);
    if (found.url !== undefined) urlInput.current?.focus();
    else if (found.token !== undefined) tokenInput.current?.focus();
  };

  const connect = async (where: string, withToken: string, isObtained = false, granted?: Granted) => {
    setDemoProblem(null);
    setSsoProblem(null);
    const parsed = parseHomeserverUrl(where);
    const read = readToken(withToken);
    if (!parsed.ok || !read.ok) {
      cancel();
      point({ ...(!parsed.ok && { url: wordsOf(parsed.reason) }), ...(!read.ok && { token: wordsOf(read.reason) }) });
      return;
    }
    if (!isAllowed(parsed.baseUrl)) {
      cancel();
      point({ url: t`This Glia is for ${allowed.map(isolated).join(', ')} only.` });
      return;
    }
    setProblems({});
    const manner = { demo: false, holdOnWarning: true, isObtained, granted, again: isObtained ? again : null };
    const diagnosis = await start(where, read.token, manner);
    // The ways to sign in are offered anew.
    if (granted) setAnswer(null);
    if (diagnosis && !diagnosis.ok && diagnosis.failure) {
      point({ [fieldOf(diagnosis.failure.cause)]: wordsOf(diagnosis.failure.detail) });
    }
  };

  const exchanged = useRef(false);
  useEffect(() => {
    // It is good once: an effect that runs twice in development must not use it up.
    if (!arrived || 'said' in arrived || exchanged.current) return;
    exchanged.current = true;
    const { baseUrl, loginToken } = arrived;
    void tokenOf(baseUrl, loginToken).then(
      (obtained) => connect(baseUrl, obtained, true),
      (error: unknown) => setSsoProblem(wordsOfError(error)),
    );
  });

  const enterByMas = (granted: Granted) => {
    if (answer) void connect(answer.baseUrl, granted.token, true, granted);
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void connect(url, token);
  };

  // What it offers is asked once its URL stands there: when the field is left, or after a pause in typing.
  useEffect(() => {
    const wait = setTimeout(() => setOffering(offeringAt(url)), PAUSE_MS);
    return () => clearTimeout(wait);
  }, [url]);

  const tryDemo = async () => {
    setProblems({});
    setDemoProblem(null);
    setOpening(true);
    try {
      const demo = await openDemo();
      if (demo.masUrl !== undefined) {
        const { continueWithMas } = await import('./continue-with-mas');
        setAnswer(await continueWithMas(demo.baseUrl));
        return;
      }
      const diagnosis = await start(demo.baseUrl, demo.token, { demo: true, holdOnWarning: false });
      if (diagnosis && !diagnosis.ok)
        setDemoProblem(diagnosis.failure ? wordsOf(diagnosis.failure.detail) : t`It does not answer.`);
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
          <h1 className={classes.name}>{NAME}</h1>
          <p className={classes.motto}>
            <Trans>The admin dashboard for Synapse homeservers</Trans>
          </p>
        </div>
        <LanguageField className={classes.language} />
      </header>

      <form className={classes.card} onSubmit={submit} noValidate aria-label={t`Sign in`}>
        {why !== null && (
          <p role="status" className={classes.why}>
            {wordsOf(why)}
          </p>
        )}
        <TextInput
          ref={urlInput}
          label={t`Homeserver URL`}
          placeholder={URL_EXAMPLE}
          type="url"
          inputMode="url"
          autoComplete="url"
          autoCapitalize="none"
          spellCheck={false}
          value={url}
          description={allowed.length === 1 ? t`Set by whoever runs this Glia` : noteOf(parseHomeserverUrl(url))}
          error={problems.url}
          readOnly={checking || allowed.length === 1}
          {...(allowed.length > 1 && { list: 'glia-homeservers' })}
          onBlur={() => setOffering(offeringAt(url))}
          onChange={(event) => {
            setUrl(event.currentTarget.value);
            setOffering(null);
            setProblems(({ token: other }) => ({ token: other }));
          }}
        />
        <datalist id="glia-homeservers">
          {allowed.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
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
          label={t`Access token`}
          placeholder={TOKEN_EXAMPLE}
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
          spellCheck={false}
          value={token}
          description={noteOf(readToken(token))}
          error={problems.token}
          readOnly={checking}
          aria-invalid={problems.token !== undefined}
          visibilityToggleButtonProps={{ 'aria-label': t`Show the token`, tabIndex: 0 }}
          onChange={(event) => {
            setToken(event.currentTarget.value);
            setProblems(({ url: other }) => ({ url: other }));
          }}
        />
        <TokenKeeping value={keeping} onChange={setKeeping} />
        {asking && <UnencryptedQuestion baseUrl={attempt.baseUrl} onAnswer={attempt.answer} />}
        {attempt.status === 'warned' ? (
          <Button ref={takeFocus} onClick={() => go(attempt.session)}>
            <Trans>Continue</Trans>
          </Button>
        ) : (
          <div className={classes.buttons}>
            <Button type="submit" loading={checking && !opening} disabled={opening} flex={1}>
              <Trans>Sign in</Trans>
            </Button>
            {checking && (
              <Button variant="default" onClick={cancel}>
                <Trans>Cancel</Trans>
              </Button>
            )}
          </div>
        )}
        <div className={classes.or}>
          <Trans>or</Trans>
        </div>
        <Button variant="default" loading={opening} disabled={checking && !opening} onClick={() => void tryDemo()}>
          <Trans>Try the demo homeserver</Trans>
        </Button>
        <p className={classes.hint}>
          <Trans>A sample homeserver with 10,000 users. Nothing leaves your browser.</Trans>
        </p>
        {demoProblem !== null && (
          <p role="alert" className={classes.problem}>
            <Trans>The demo could not be opened. {demoProblem}</Trans>
          </p>
        )}
      </form>

      <div className={classes.aside}>
        {again !== null && (
          <Optional>
            <AgainNote
              again={again}
              stranger={attempt.status === 'stranger' ? attempt.userId : null}
              onEnd={() => {
                cancel();
                setAgain(null);
              }}
            />
          </Optional>
        )}
        <Progress attempt={attempt} />
        {ssoProblem !== null && (
          <p role="alert" className={classes.problem}>
            <Trans>Single sign-on did not work: {ssoProblem}</Trans>
          </p>
        )}
        {answer !== null && (
          <Optional>
            <MasArrival answer={answer} onGranted={enterByMas} onAnswer={setAnswer} />
          </Optional>
        )}
        {offering !== null && answer === null && (
          <Optional>
            <section aria-labelledby="glia-other-ways" className={classes.card}>
              <h2 id="glia-other-ways" className={classes.heading}>
                <Trans>Without a token</Trans>
              </h2>
              <OtherWays
                key={offering}
                baseUrl={offering}
                disabled={checking || opening}
                keeping={keeping}
                again={again}
                onToken={(obtained) => void connect(offering, obtained, true)}
                onAnswer={setAnswer}
              />
            </section>
          </Optional>
        )}
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
        <p className={classes.hint}>{NAME_AND_VERSION}</p>
      </div>
    </main>
  );
}

/** Longer than people pause within a host name, ms. */
const PAUSE_MS = 1000;

/** @throws HomeserverError */
async function tokenOf(baseUrl: string, loginToken: string): Promise<string> {
  const [{ tokenLogin }, { deviceName }] = await Promise.all([import('~/api/login'), import('~/lib/device-name')]);
  const by = { loginToken, deviceName: deviceName(navigator.userAgent) };
  return (await tokenLogin({ baseUrl }, by)).access_token;
}
