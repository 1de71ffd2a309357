import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';

export function NotFoundPage() {
  const { t } = useLingui();
  return (
    <Page title={t`Page not found`}>
      <Text>
        <Trans>
          Glia has no page at this address.{' '}
          <Anchor component={Link} to={paths.home()} underline="always">
            Go to the overview
          </Anchor>
        </Trans>
      </Text>
    </Page>
  );
}
