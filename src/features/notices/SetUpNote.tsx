import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { NOTICES_YAML } from '~/actions/user/notice';
import { Notice } from '~/ui/Notice';
import classes from './notices.module.css';

/** What the configuration lacks, to be copied. */
export function SetUpNote() {
  const { t } = useLingui();
  const clipboard = useClipboard({ timeout: 1500 });
  return (
    <Notice tone="warning" role="alert" title={t`Server notices are not set up on this homeserver`}>
      <Text size="sm">
        <Trans>Nothing was sent. Add these lines to homeserver.yaml, restart Synapse, then send a test again:</Trans>
      </Text>
      {/* It scrolls sideways, so the keyboard must get there. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={classes.code} tabIndex={0} role="group" aria-label={t`Lines for homeserver.yaml`}>
        {NOTICES_YAML}
      </pre>
      {'clipboard' in navigator && (
        <Button size="xs" variant="default" w="fit-content" onClick={() => clipboard.copy(NOTICES_YAML)}>
          {clipboard.copied ? t`Copied` : t`Copy these lines`}
        </Button>
      )}
      <Text size="sm">
        <Trans>
          “notices” is the name of the user who sends them. Synapse creates that user with the first notice.
        </Trans>
      </Text>
    </Notice>
  );
}
