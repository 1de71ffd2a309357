import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import './app/sign-in-styles';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import * as z from 'zod/mini';
import { App } from '~/app/App';
import { currentSession } from '~/data/session';
import { invariant } from '~/lib/invariant';

// zod compiles schemas with `new Function` where it may; the Content-Security-Policy forbids eval, so it must not try.
z.config({ jitless: true });

/** The doorstep: the demo homeserver is opened here or not at all. */
async function openDemo(): Promise<{ baseUrl: string; token: string }> {
  const demo = await import('~/mocks/demo');
  return demo.openDemo();
}

async function start(): Promise<void> {
  const state = currentSession();
  // A reload in the demo: its homeserver lives in this page and must be up before the first request.
  if (state.status === 'signed-in' && state.session.demo) await openDemo();
  const root = document.querySelector('#root');
  invariant(root, 'index.html has #root');
  createRoot(root).render(
    <StrictMode>
      <App openDemo={openDemo} />
    </StrictMode>,
  );
}

void start();
