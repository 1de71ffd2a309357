import type { MasOAuth, Page } from './oauth';

/**
 * The page of the demo's MAS, over the one of Glia: it looks like what it is, another site. Plain elements and English alone, as nothing
 * of it belongs to Glia.
 */
export async function visit(oauth: MasOAuth, url: URL): Promise<string> {
  const page = oauth.authorize(url);
  if (page.kind === 'redirect') return page.to;
  const site = openSite(url.host);
  try {
    if (page.kind === 'error') {
      await site.ask(['Error', page.text], ['Back to Glia']);
      return location.href;
    }
    return await consent(oauth, url, page, site);
  } finally {
    site.close();
  }
}

async function consent(
  oauth: MasOAuth,
  url: URL,
  page: Page & { kind: 'consent' },
  site: ReturnType<typeof openSite>,
): Promise<string> {
  const name = page.client.client_name ?? page.client.id;
  const users = [...oauth.mas.state.users.values()];
  const other = users.find((user) => !user.admin && user.locked_at === null && user.deactivated_at === null);
  const admin = oauth.mas.state.userNamed('admin');
  const accounts = [admin, other].flatMap((user) => (user ? [user] : []));
  const chosen = await site.ask(
    ['Sign in', 'This is a made-up sign-in page of the demo. Choose an account; no password is needed.'],
    accounts.map((user) => `Sign in as ${user.username}${user.admin ? ' (admin)' : ''}`),
  );
  const user = accounts[chosen];
  if (!user) return oauth.cancel(url);
  if (!oauth.mayConsent(user, page.scopes)) {
    await site.ask(
      [
        'The authorization request was denied by the policy enforced by this service',
        `${user.username} may not use ${name}.`,
      ],
      ['Cancel'],
    );
    return oauth.cancel(url);
  }
  const answer = await site.ask(
    [
      `Allow access to your account?`,
      `${name} wants to: ${page.scopes.map((scope) => MEANING[scope] ?? scope).join('; ')}.`,
    ],
    ['Continue', 'Cancel'],
  );
  return answer === 0 ? oauth.consent(url, user) : oauth.cancel(url);
}

const MEANING: Readonly<Record<string, string>> = {
  openid: 'see your profile',
  'urn:matrix:client:api:*': 'view and send messages',
  'urn:synapse:admin:*': 'administer the server (Synapse)',
  'urn:mas:admin': 'administer any user (MAS)',
};

function openSite(host: string) {
  const root = document.querySelector<HTMLElement>('#root');
  const back = document.createElement('div');
  back.setAttribute('role', 'dialog');
  back.setAttribute('aria-modal', 'true');
  back.setAttribute('aria-label', `${host}, the made-up sign-in page of the demo`);
  back.lang = 'en';
  back.dir = 'ltr';
  Object.assign(back.style, {
    position: 'fixed',
    inset: '0',
    zIndex: '1000',
    overflow: 'auto',
    background: '#f2efe9',
    color: '#1b1d22',
    colorScheme: 'light',
    font: '16px/1.5 Georgia, serif',
  });
  document.body.append(back);
  if (root) root.inert = true;

  return {
    /** @returns which button was pressed */
    ask([title, text]: readonly [title: string, text: string], buttons: readonly string[]): Promise<number> {
      return new Promise((resolve) => {
        const bar = element('p', host, { background: '#0f5e4c', color: '#fff', margin: '0', padding: '12px 24px' });
        const card = element('div', '', {
          background: '#fff',
          border: '1px solid #c9c4b8',
          margin: '10vh auto 0',
          maxWidth: '420px',
          width: 'calc(100% - 32px)',
          boxSizing: 'border-box',
          padding: '32px',
        });
        card.append(
          element('h1', title, { fontSize: '24px', lineHeight: '1.25', margin: '0 0 12px' }),
          element('p', text, { margin: '0 0 24px', overflowWrap: 'anywhere' }),
        );
        for (const [index, label] of buttons.entries()) {
          const isFirst = index === 0;
          const button = element('button', label, {
            display: 'block',
            width: '100%',
            minHeight: '44px',
            marginTop: '12px',
            font: 'inherit',
            cursor: 'pointer',
            border: '1px solid #0f5e4c',
            background: isFirst ? '#0f5e4c' : '#fff',
            color: isFirst ? '#fff' : '#0f5e4c',
          });
          button.addEventListener('click', () => resolve(index));
          card.append(button);
        }
        back.replaceChildren(bar, card);
        back.querySelector('button')?.focus();
      });
    },
    close(): void {
      back.remove();
      if (root) root.inert = false;
    },
  };
}

function element(name: string, text: string, style: Partial<CSSStyleDeclaration>): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  Object.assign(made.style, style);
  return made;
}
