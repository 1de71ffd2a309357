import { Button, Stack, Text } from '@mantine/core';
import { useRouteError } from 'react-router';
import { Page } from '~/ui/Page';

/** A screen that broke: a fault of ours, or a part of Glia that could not be loaded after an update. */
export function ErrorPage() {
  const error = useRouteError();
  return (
    <Page title="This page broke">
      <Stack align="flex-start">
        <Text>{error instanceof Error ? error.message : 'Something that can’t be said in words.'}</Text>
        <Text c="dimmed">
          Nothing was sent to the homeserver because of this. Jobs that run in this tab go on. If Glia was just updated
          on its server, loading it again helps.
        </Text>
        <Button onClick={() => window.location.reload()}>Load Glia again</Button>
      </Stack>
    </Page>
  );
}
