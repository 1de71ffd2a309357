import { useLingui } from '@lingui/react/macro';
import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useState } from 'react';
import { currentLanguage } from '~/locales/language';
import { LANGUAGES } from '~/locales/languages';
import { chooseLanguage } from './choose-language';

/** The language of the sign-in page, and of what is behind it. */
export function LanguageField({ className }: { className: string | undefined }) {
  const { t } = useLingui();
  const [failed, setFailed] = useState(false);
  return (
    <NativeSelect
      className={className}
      size="xs"
      aria-label={t`Language`}
      leftSection={<IconLanguage size={16} aria-hidden />}
      value={currentLanguage().tag}
      error={failed && t`This language could not be loaded. Try again.`}
      onChange={(event) => {
        setFailed(false);
        chooseLanguage(event.currentTarget.value).catch(() => setFailed(true));
      }}
    >
      {LANGUAGES.map(({ tag, name }) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
