import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { masSessionsSchema, USUAL_MAS_SESSIONS } from '~/data/mas-sessions';
import { readParams, writeParams } from '~/data/list-state';
import { MasSessions } from '~/entities/mas/MasSessions';
import { paths } from '~/lib/paths';
import { Page } from '~/ui/Page';
import { useListParams } from '~/ui/use-list-params';

const PARAMS = {
  read: (params: URLSearchParams) => readParams(masSessionsSchema, params),
  write: (state: typeof USUAL_MAS_SESSIONS) => writeParams({ ...state }, USUAL_MAS_SESSIONS),
};

/** What signs accounts in at MAS, of all users. */
export function MasSessionsPage() {
  const [state, change] = useListParams(PARAMS);
  return (
    <Page
      title={t`Sessions`}
      about={t`What accounts are signed in with at Matrix Authentication Service (MAS): apps, browsers and personal access tokens.`}
      actions={
        <Button component={Link} to={`${paths.mas()}?tab=clients`} size="xs" variant="default">
          {t`OAuth clients`}
        </Button>
      }
    >
      <MasSessions state={state} onChange={change} />
    </Page>
  );
}
