import { useLingui } from '@lingui/react';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { OAuthAnswer } from '~/data/kept-oauth';
import type { SsoAnswer } from '~/data/kept-sso';
import { adding, currentSession, useSessionState } from '~/data/session';
import { SignInPage, type OpenDemo } from '~/features/login/SignInPage';
import { currentLanguage, withWords } from '~/locales/language';
import { ErrorBoundary } from '~/ui/ErrorBoundary';
import { Opening } from './Opening';
import { StartProblem } from './StartProblem';
import { theme, variables } from './theme';
import { wordsOf } from '~/lib/words';

// What is behind the sign-in is not loaded before somebody is signed in.
const Console = lazy(async () => ({ default: (await withWords('signed-in', import('./Console'))).Console }));
const AddingBar = lazy(async () => ({ default: (await import('./AddingBar')).AddingBar }));
const SignInAgain = lazy(async () => ({ default: (await import('~/features/login/SignInAgain')).SignInAgain }));

interface AppProps {
  openDemo: OpenDemo;
  /** Why the demo that this tab was in could not be opened again; null where there is none. */
  problem: unknown;
  /** What came back from single sign-on with this visit; null: nothing. */
  arrived: SsoAnswer | OAuthAnswer | null;
}

export function App({ openDemo, problem, arrived }: AppProps) {
  const state = useSessionState();
  useCleanAddress(state.status === 'signed-out' && state.isAway !== true);
  const [broken, setBroken] = useState(problem);
  const [answer, setAnswer] = useState(arrived);
  const isAdding = useSyncExternalStore(adding.subscribe, adding.get);
  const isSigningIn = state.status === 'signed-out' || isAdding;
  // Good once: signed out later, it is no answer any more.
  if (!isSigningIn && answer !== null) setAnswer(null);
  // Who leaves the demo may open it anew.
  if (state.status === 'signed-out' && broken !== null) setBroken(null);
  useEffect(() => {
    window.addEventListener('keydown', holdEscape, { capture: true });
    return () => window.removeEventListener('keydown', holdEscape, { capture: true });
  }, []);
  // Rendered again with each language.
  useLingui();
  const why = 'why' in state ? state.why : undefined;
  const { tag, dir } = currentLanguage();
  // Mantine follows the direction that the page’s own element has.
  useLayoutEffect(() => {
    document.documentElement.lang = tag;
    document.documentElement.dir = dir;
  }, [tag, dir]);
  return (
    <DirectionProvider initialDirection={dir}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        {state.status === 'signed-out' || isAdding ? (
          <>
            {state.status !== 'signed-out' && (
              <Suspense fallback={null}>
                <AddingBar session={state.session} again={answer?.again ?? null} />
              </Suspense>
            )}
            <SignInPage
              openDemo={openDemo}
              why={why === undefined ? null : wordsOf(why)}
              arrived={why === undefined ? answer : null}
            />
          </>
        ) : broken === null ? (
          <ErrorBoundary fallback={saysProblem}>
            <Suspense fallback={<Opening />}>
              {/* Another homeserver or account is another console: nothing of the previous one may be shown or keep running. */}
              <Console key={`${state.session.homeserver.baseUrl} ${state.session.userId}`} />
            </Suspense>
            <Suspense fallback={null}>
              {state.status === 'expired' && <SignInAgain session={state.session} reason={state.reason} />}
            </Suspense>
          </ErrorBoundary>
        ) : (
          <StartProblem error={broken} demo />
        )}
      </MantineProvider>
    </DirectionProvider>
  );
}

const saysProblem = (error: unknown) => <StartProblem error={error} demo={false} />;

/** After a sign-out the address names no page of before: it holds ids of users and rooms, and the next account may be another. */
function useCleanAddress(isSignedOut: boolean): void {
  const wasSignedIn = useRef(false);
  useEffect(() => {
    if (isSignedOut && wasSignedIn.current) window.history.replaceState(null, '', '#/');
    wasSignedIn.current = !isSignedOut;
  }, [isSignedOut]);
}

/**
 * While sign-in stands over the page, Escape closes nothing behind it. Dialogs listen on the window, each by itself: only who
 * listened first can keep it from them.
 */
function holdEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && currentSession().status === 'expired') event.stopImmediatePropagation();
}
