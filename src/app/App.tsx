import { MantineProvider } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { currentSession, useSessionState } from '~/data/session';
import { SignInPage, type OpenDemo } from '~/features/login/SignInPage';
import { theme, variables } from './theme';

// What is behind the sign-in is not loaded before somebody is signed in.
const Console = lazy(async () => ({ default: (await import('./Console')).Console }));
const SignInAgain = lazy(async () => ({ default: (await import('~/features/login/SignInAgain')).SignInAgain }));

export function App({ openDemo }: { openDemo: OpenDemo }) {
  const state = useSessionState();
  useEffect(() => {
    window.addEventListener('keydown', holdEscape, { capture: true });
    return () => window.removeEventListener('keydown', holdEscape, { capture: true });
  }, []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      {state.status === 'signed-out' ? (
        <SignInPage openDemo={openDemo} />
      ) : (
        <Suspense fallback={null}>
          {/* Another homeserver or account is another console: nothing of the former one may be shown or go on. */}
          <Console key={`${state.session.homeserver.baseUrl} ${state.session.userId}`} />
          {state.status === 'expired' && <SignInAgain session={state.session} reason={state.reason} />}
        </Suspense>
      )}
    </MantineProvider>
  );
}

/**
 * While sign-in stands over the page, Escape closes nothing behind it. Dialogs listen on the window, each by itself: only who
 * listened first can keep it from them.
 */
function holdEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && currentSession().status === 'expired') event.stopImmediatePropagation();
}
