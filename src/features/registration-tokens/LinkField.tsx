import { t } from '@lingui/core/macro';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconLink } from '@tabler/icons-react';
import { useState } from 'react';
import * as z from 'zod/mini';
import { draftKey, keepDraft, readDraft } from '~/data/kept-drafts';
import { useSession } from '~/data/session';
import { registrationLink } from '~/lib/registration-link';
import classes from './LinkField.module.css';

const schema = z.string().check(z.maxLength(1000));

/** The address of the page at which people register, in this tab: it holds no token. */
export function useLinkTemplate(): [string, (template: string) => void] {
  const { homeserver, userId } = useSession();
  const key = draftKey({ baseUrl: homeserver.baseUrl, userId }, 'registration-link');
  const [template, setTemplate] = useState(() => readDraft(key, schema) ?? '');
  const change = (next: string) => {
    setTemplate(next);
    keepDraft(key, schema, next);
  };
  return [template, change];
}

/** As it stands in an address, and not as the place of a value in a message. */
const PLACE = '{token}';

interface LinkFieldProps {
  template: string;
  onChange(template: string): void;
}

/** Asks where people register: Synapse itself has no page for it. */
export function LinkField({ template, onChange }: LinkFieldProps) {
  const isWrong = template.trim() !== '' && registrationLink(template, 'x') === null;
  return (
    <details className={classes.details} open={template !== ''}>
      <summary>{t`Registration links`}</summary>
      <Stack gap="xs" mt="xs" maw={640}>
        <Text size="sm" c="dimmed">
          {t`Synapse has no registration page of its own. If you have one that takes the token from its address, enter that address, and each token gets a link to copy. It is kept until you close this tab.`}
        </Text>
        <TextInput
          label={t`Address of the registration page`}
          placeholder="https://chat.example.org/register?token={token}"
          value={template}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={isWrong && t`Enter an http or https address with ${PLACE} where the token goes.`}
          autoComplete="off"
          spellCheck={false}
        />
      </Stack>
    </details>
  );
}

/** Copies the link of one token. */
export function CopyLink({ link }: { link: string }) {
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconLink size={14} aria-hidden />}
      onClick={() => clipboard.copy(link)}
    >
      {clipboard.copied ? t`Copied` : t`Copy link`}
    </Button>
  );
}
