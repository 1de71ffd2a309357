import { useLingui } from '@lingui/react/macro';
import { Button, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconTerminal2 } from '@tabler/icons-react';
import { typedPath } from '~/api/typed-path';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { IN_MAIN } from '~/ui/in-main';
import { NotYetButton } from '~/ui/NotYetButton';
import { showToast } from '~/ui/toasts';
import { asCode, CODES, type Code } from './as-code';
import type { Draft } from './draft';

const NAMES: Readonly<Record<Code, string>> = { curl: 'curl', python: 'Python', javascript: 'JavaScript' };
const variable = '$TOKEN';

/** The request as a command or a program, with $TOKEN in the place of the token. @param props.problem why it can’t be sent */
export function CodeMenu({ draft, problem }: { draft: Draft; problem: string | null }) {
  const { t } = useLingui();
  const { homeserver, demo } = useSession();
  const path = typedPath(draft.path);
  // Absent where the page itself came by plain http.
  if (!('clipboard' in navigator)) return null;
  const look = {
    variant: 'default',
    leftSection: <IconTerminal2 size={16} aria-hidden />,
    rightSection: <IconChevronDown size={14} aria-hidden />,
  } as const;
  const reason = problem ?? (demo ? t`The demo homeserver runs inside this page: no program can reach it.` : null);
  if (reason !== null || path === null) {
    return (
      <NotYetButton {...look} reason={reason ?? ''}>
        {t`Copy as code`}
      </NotYetButton>
    );
  }
  const copy = (code: Code) => {
    const body = draft.method === 'GET' ? '' : draft.body.trim();
    const made = asCode(code, { baseUrl: homeserver.baseUrl, method: draft.method, path, body });
    if ('reason' in made) {
      showToast({ tone: 'warning', title: t`Not copied`, body: wordsOf(made.reason), actions: [] });
      return;
    }
    const name = NAMES[code];
    void navigator.clipboard.writeText(made.text).then(
      () =>
        showToast({
          tone: 'good',
          title: t`Copied as ${name}`,
          body: t`It reads your access token from the environment variable TOKEN.`,
          actions: [],
        }),
      () => showToast({ tone: 'warning', title: t`Not copied`, body: t`The browser refused.`, actions: [] }),
    );
  };
  return (
    <Menu position="bottom-start" withinPortal portalProps={IN_MAIN}>
      <Menu.Target>
        <Button {...look}>{t`Copy as code`}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CODES.map((code) => (
          <Menu.Item key={code} onClick={() => copy(code)}>
            <Text span size="sm" translate="no">
              {NAMES[code]}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Label role="presentation">{t`With ${variable} instead of your access token`}</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  );
}
