import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';

export function NotFoundPage() {
  return (
    <Page title="No such page">
      <Text>
        Glia has no page at this address.{' '}
        <Anchor component={Link} to={paths.home()} underline="always">
          Go home
        </Anchor>
      </Text>
    </Page>
  );
}
