import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { UnreadableJobError } from '~/job-store/unreadable-job';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';
import { wordsOf, wordsOfError } from '~/lib/words';

/** A screen that broke: a fault of ours, a part of Glia that could not be loaded after an update, or a job that can't be read. */
export function ErrorPage() {
  const { t } = useLingui();
  const error = useRouteError();
  if (error instanceof UnreadableJobError) {
    return (
      <Page title={t`This job can’t be opened`}>
        <Stack align="flex-start">
          <Text>{wordsOf(error.text)}</Text>
          <Anchor component={Link} to={paths.jobs()}>
            <Trans>See Activity</Trans>
          </Anchor>
          <ReloadButton variant="default" />
        </Stack>
      </Page>
    );
  }
  return (
    <Page title={t`This page can’t be shown`}>
      <Stack align="flex-start">
        <Text c="dimmed">
          <Trans>
            This is a fault in Glia, or Glia was updated on its server while it was open. Nothing was sent to the
            homeserver because of it, and jobs in this tab keep running. Reloading the page may help.
          </Trans>
        </Text>
        <Text>
          <bdi>{error instanceof Error ? wordsOfError(error) : t`No reason was given.`}</bdi>
        </Text>
        <ReloadButton variant="filled" />
      </Stack>
    </Page>
  );
}

function ReloadButton({ variant }: { variant: 'default' | 'filled' }) {
  return (
    <Button variant={variant} onClick={() => window.location.reload()}>
      <Trans>Reload the page</Trans>
    </Button>
  );
}
