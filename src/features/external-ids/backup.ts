import type { ExternalIdsPlan } from './plan';

interface BackupFacts {
  plan: ExternalIdsPlan;
  homeserver: string;
  user: string;
  /** Epoch ms. */
  now: number;
}

/** What is needed to put each removed id back, as JSON: saved before the first PUT, since the API can't tell it afterwards. */
export function backupText({ plan, homeserver, user, now }: BackupFacts): string {
  const users = plan.rows.flatMap(({ id, verdict, user: found, removes }) =>
    verdict === 'will' && found
      ? [{ user_id: id, created_at: found.createdAt, external_ids: found.externalIds, removes }]
      : [],
  );
  const head = {
    backup: 'glia-external-ids',
    version: 1,
    homeserver,
    made_by: user,
    made: new Date(now).toISOString(),
  };
  return `${JSON.stringify({ ...head, auth_provider: plan.provider, users }, null, 1)}\n`;
}
