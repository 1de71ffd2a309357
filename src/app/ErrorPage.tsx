import { Anchor, Button, Stack, Text } from '@mantine/core';
import { Link, useRouteError } from 'react-router';
import { UnreadableJobError } from '~/job-store/unreadable-job';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';

/** A screen that broke: a fault of ours, a part of Glia that could not be loaded after an update, or a job that can't be read. */
export function ErrorPage() {
  const error = useRouteError();
  if (error instanceof UnreadableJobError) {
    return (
      <Page title="This job can’t be opened">
        <Stack align="flex-start">
          <Text>{error.message}</Text>
          <Anchor component={Link} to={paths.jobs()}>
            See Activity
          </Anchor>
          <Button variant="default" onClick={() => window.location.reload()}>
            Load Glia again
          </Button>
        </Stack>
      </Page>
    );
  }
  return (
    <Page title="This page broke">
      <Stack align="flex-start">
        <Text>
          <bdi>{error instanceof Error ? error.message : 'Something that can’t be said in words.'}</bdi>
        </Text>
        <Text c="dimmed">
          Nothing was sent to the homeserver because of this. Jobs that run in this tab go on. If Glia was just updated
          on its server, loading it again helps.
        </Text>
        <Button onClick={() => window.location.reload()}>Load Glia again</Button>
      </Stack>
    </Page>
  );
}
