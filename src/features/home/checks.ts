import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Text } from '~/lib/text';
import type { BackgroundStatus } from '~/api/background';
import { lacksIn } from '~/data/lacks';
import { overview } from '~/data/overview';
import { registrationTokens } from '~/data/registration-tokens';
import type { Session } from '~/data/session';
import { noteUpdate } from '~/data/trends';
import type { JobSnapshot } from '~/jobs/job';
import type { Reading } from '~/ui/reading';
import {
  adminsFound,
  federationFound,
  jobsFound,
  reportsFound,
  tasksFound,
  tokensFound,
  updatesFound,
  versionFound,
  type Attention,
} from './found';

/** One thing that is looked at. A part that fails says so, and hides no other. */
export interface Check {
  readonly id: string;
  readonly name: string;
  /** Missing: it needs no request. */
  readonly reading?: Reading;
  /** Why it can't be looked at here. */
  readonly lacking?: Text | null;
  /** It is looked at when somebody asks for it. */
  readonly onDemand?: boolean;
  /** Undefined: not known yet. */
  readonly found: readonly Attention[] | undefined;
}

const of = <Data>(reading: Reading<Data>, judge: (data: Data) => readonly Attention[]) => ({
  reading,
  found: reading.data === undefined ? undefined : judge(reading.data),
});

/** Everything that is looked at on the first page: five requests at most. Each is judged by the time of its answer. */
export function useChecks(session: Session, jobs: readonly JobSnapshot[]): readonly Check[] {
  const { homeserver, version, mas, userId } = session;
  const noDestinations = lacksIn(session, 'destinations');
  const noUpdates = lacksIn(session, 'background-updates');
  const noTasks = lacksIn(session, 'scheduled-tasks');
  const reports = useQuery(overview.reports(homeserver));
  const failing = useQuery({ ...overview.failing(homeserver), enabled: noDestinations === null });
  const updates = useQuery({ ...overview.updates(homeserver), enabled: noUpdates === null });
  const tasks = useQuery({ ...overview.failedTasks(homeserver), enabled: noTasks === null });
  const accounts = useQuery(overview.accounts(homeserver, session));
  // One request more than the first page may ask unasked: tokens that expire soon are the least urgent.
  const tokens = useQuery({ ...registrationTokens.all(homeserver), enabled: false });
  const still = useStillSince(homeserver.baseUrl, updates.data);
  return [
    { id: 'version', name: t`Synapse version`, found: versionFound(version) },
    { id: 'jobs', name: t`Jobs of this browser`, found: jobsFound(jobs) },
    {
      id: 'reports',
      name: t`Reports of messages`,
      ...of(reports, (data) => reportsFound(data, reports.dataUpdatedAt)),
    },
    {
      id: 'updates',
      name: t`Background updates`,
      lacking: noUpdates,
      ...of(updates, (data) => updatesFound(data, still, updates.dataUpdatedAt)),
    },
    {
      id: 'tasks',
      name: t`Scheduled tasks`,
      lacking: noTasks,
      ...of(tasks, (data) => tasksFound(data, tasks.dataUpdatedAt)),
    },
    {
      id: 'admins',
      name: t`Admin accounts`,
      lacking: mas ? ADMINS_IN_MAS : lacksIn(session, 'users-last-seen'),
      ...of(accounts, (data) => (mas ? [] : adminsFound(data, userId, version, accounts.dataUpdatedAt))),
    },
    {
      id: 'federation',
      name: t`Federation`,
      lacking: noDestinations,
      ...of(failing, (data) => federationFound(data, failing.dataUpdatedAt)),
    },
    {
      id: 'tokens',
      name: t`Registration tokens`,
      lacking: mas ? TOKENS_IN_MAS : lacksIn(session, 'registration-tokens'),
      onDemand: true,
      ...of(tokens, ({ rows }) => tokensFound(rows, tokens.dataUpdatedAt)),
    },
  ];
}

const ADMINS_IN_MAS = /*i18n*/ {
  id: 'home.admins-in-mas',
  message: 'Matrix Authentication Service (MAS) decides who is an admin here, and Synapse does not know.',
};
const TOKENS_IN_MAS = /*i18n*/ {
  id: 'home.tokens-in-mas',
  message: 'Matrix Authentication Service (MAS) handles registration here, with tokens of its own.',
};

const NONE: Readonly<Record<string, number>> = {};

/** Synapse does not say how long an update has stood still: what this browser saw before does. */
function useStillSince(baseUrl: string, status: BackgroundStatus | undefined): Readonly<Record<string, number>> {
  const [known, setKnown] = useState<{ of: BackgroundStatus; since: Readonly<Record<string, number>> } | null>(null);
  useEffect(() => {
    const running = Object.values(status?.current_updates ?? {});
    if (status === undefined || running.length === 0) return;
    let isOver = false;
    void Promise.all(
      running.map(async ({ name, total_item_count: count }) => [name, await noteUpdate(baseUrl, name, count)] as const),
    ).then(
      (entries) => isOver || setKnown({ of: status, since: Object.fromEntries(entries) }),
      // A browser that keeps nothing can’t know it.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [baseUrl, status]);
  return known !== null && known.of === status ? known.since : NONE;
}
