import { t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { ActionIcon, Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { chooseLanguage } from '~/features/login/choose-language';
import { wordsOfError } from '~/lib/words';
import { currentLanguage } from '~/locales/language';
import { LANGUAGES } from '~/locales/languages';
import { showToast } from '~/ui/toasts';

export function LanguageMenu() {
  const { t } = useLingui();
  const { tag: current, name: currentName } = currentLanguage();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Language: ${currentName}`}>
          <IconLanguage size={20} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={current} onChange={(tag) => void chooseLanguage(tag).catch(sayFailed)}>
          {LANGUAGES.map(({ tag, name }) => (
            <Menu.RadioItem key={tag} value={tag} lang={tag}>
              <bdi>{name}</bdi>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function sayFailed(error: unknown): void {
  showToast({ tone: 'warning', title: t`This language could not be loaded`, body: wordsOfError(error) });
}
