import { t } from '@lingui/core/macro';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { pauseUpdates, resumeUpdates } from '~/actions/background/updates';
import { startJob } from '~/actions/background/start';
import { background } from '~/data/background';
import { useSession } from '~/data/session';
import { ActionButton } from '~/entities/action/ActionButton';
import { Marks } from '~/ui/Marks';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { ENABLED, PAUSED } from './words';
import { JobsToStart } from './JobsToStart';
import { RunningUpdates } from './RunningUpdates';
import { Tasks } from './Tasks';

/** As the job of it is called in Activity. */
const UPDATES = 'background updates';

/** What the homeserver itself does in the background. Glia's own jobs are in Activity. */
export function BackgroundPage() {
  const { homeserver } = useSession();
  const reading = useQuery(background.status(homeserver));
  const [starting, setStarting] = useState<string | null>(null);
  const { data } = reading;
  return (
    <Page
      title={t`Background tasks`}
      about={t`What the homeserver itself does in the background. Jobs that you started in Glia are in Activity.`}
      reading={{ of: reading, refresh: t`Refresh background tasks` }}
      actions={data && <ActionButton actions={[pauseUpdates, resumeUpdates]} id={UPDATES} seen={data} />}
    >
      <Stack gap="xl">
        <Stack component="section" gap="sm">
          <Title order={2} size="h4">
            {t`Background updates`} {data && <Marks marks={[data.enabled ? ENABLED : PAUSED]} />}
          </Title>
          <Section unread={t`Could not load the background updates`} reading={reading}>
            {(status) => <RunningUpdates status={status} />}
          </Section>
        </Stack>
        <JobsToStart status={data} onStart={setStarting} />
        <Tasks />
      </Stack>
      {starting !== null && <ActionDialog action={startJob} id={starting} onClose={() => setStarting(null)} />}
    </Page>
  );
}
