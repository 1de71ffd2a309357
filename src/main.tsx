import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './app/sign-in-styles';
import './app/app.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod/mini';
import { answerInPage } from '~/api/request';
import { App } from '~/app/App';
import { Misconfigured } from '~/app/Misconfigured';
import { config, isAllowed, loadConfig } from '~/data/config';
import { keptLanguage } from '~/data/kept-language';
import { takeOAuthAnswer } from '~/data/kept-oauth';
import { takeSsoAnswer } from '~/data/kept-sso';
import { removeOldWorkers } from '~/data/old-workers';
import { watchPage } from '~/data/page-life';
import { visitInPage } from '~/data/visits';
import { adding, currentAccounts, ownerOf, restoreSession, signOut, type Session } from '~/data/session';
import { DEMO_BASE_URLS } from '~/lib/demo';
import { invariant } from '~/lib/invariant';
import { speak, withWords } from '~/locales/language';
import { firstLanguage } from '~/locales/languages';

// zod compiles schemas with `new Function` where it may; the Content-Security-Policy forbids eval, so it must not try.
z.config({ jitless: true });

/**
 * The doorstep: a demo homeserver is opened here or not at all. From then on this page answers itself what it asks of it.
 * @param where missing: the first that this tab is not signed in to
 */
async function openDemo(
  where?: string,
  known?: Session,
): Promise<{ baseUrl: string; token: string; masUrl?: string | undefined }> {
  const { openDemo: open } = await import('~/mocks/demo');
  const taken = new Set(currentAccounts().map(({ session }) => session.homeserver.baseUrl));
  const { baseUrl, token, answer, mas } = await open(where ?? DEMO_BASE_URLS.find((one) => !taken.has(one)));
  answerInPage(baseUrl, answer);
  if (mas) {
    answerInPage(mas.baseUrl, mas.answer);
    visitInPage(mas.baseUrl, mas.visit);
    if (known?.oauth) mas.knows(known.homeserver.token, known.oauth);
  }
  return { baseUrl, token, masUrl: mas?.baseUrl };
}

/** In the language that was chosen in this browser, or else the browser’s own. Where it can’t be loaded, English is there. */
async function speakAsChosen(): Promise<void> {
  await withWords('start', Promise.resolve());
  await speak(firstLanguage(keptLanguage() ?? config().defaultLanguage, navigator.languages).tag).catch(
    () => undefined,
  );
}

/** The tab may be signed in from before the restriction. */
function leaveWhereNotAllowed(): void {
  for (const { session } of currentAccounts()) {
    if (!session.demo && !isAllowed(session.homeserver.baseUrl)) signOut(NOT_ALLOWED, ownerOf(session));
  }
}

const NOT_ALLOWED = /*i18n*/ {
  id: 'app.not-allowed-any-more',
  message: 'This Glia is for other homeservers only.',
} as const;

async function start(): Promise<void> {
  if (await removeOldWorkers()) {
    window.location.reload();
    return;
  }
  // Before anything else reads the address, or keeps it.
  const arrived = takeSsoAnswer() ?? takeOAuthAnswer();
  watchPage();
  let problem: unknown = null;
  let misconfigured: unknown = null;
  const configure = loadConfig().catch((error: unknown) => {
    misconfigured = error;
  });
  await Promise.all([restoreSession(), configure.then(speakAsChosen)]);
  leaveWhereNotAllowed();
  if (currentAccounts().some(({ session }) => session.oauth)) {
    // Before the first request. Where it can’t be loaded, the tokens run out.
    await import('~/data/oauth-keeping').then(
      ({ keepTokens }) => keepTokens(),
      () => undefined,
    );
  }
  // A reload in the demo: its homeserver lives in this page and must be up before the first request.
  for (const { session } of currentAccounts()) {
    if (!session.demo) continue;
    await openDemo(session.homeserver.baseUrl, session).catch((error: unknown) => {
      // Beside another account it is left out; alone, its page says what is wrong.
      if (currentAccounts().length > 1) signOut(undefined, ownerOf(session));
      else problem = error;
    });
  }
  // What comes back from single sign-on is an account to be added to those that are there.
  adding.set(arrived !== null && currentAccounts().length > 0);
  const root = document.querySelector('#root');
  invariant(root, 'index.html has #root');
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        {misconfigured === null ? (
          <App openDemo={() => openDemo()} problem={problem} arrived={arrived} />
        ) : (
          <Misconfigured error={misconfigured} />
        )}
      </I18nProvider>
    </StrictMode>,
  );
}

void start();
