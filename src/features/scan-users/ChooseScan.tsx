import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconUserSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { has } from '~/api/since';
import { listUsers } from '~/api/users';
import { hasWildcards } from '~/api/wildcards';
import type { Session } from '~/data/session';
import type { ScanChoice } from '~/job-store/user-scans';
import { formatBytes } from '~/lib/bytes';
import { duration } from '~/lib/dates';
import { formatCount, isCount } from '~/lib/numbers';
import { ErrorNote } from '~/ui/ErrorNote';
import { WildcardNote } from '~/ui/WildcardNote';
import { costOf, type Choice } from './choice';
import { queryOf } from './scan';
import classes from './scan-users.module.css';

interface ChooseScanProps {
  session: Session;
  choice: Choice;
  onChange(patch: Partial<Choice>): void;
  onScan(choice: ScanChoice): void;
  /** Back to the scan that there is. */
  onCancel?: () => void;
}

/** Who is scanned, and what it costs. Nothing but a count is asked of the homeserver before the click. */
export function ChooseScan({ session, choice, onChange, onScan, onCancel }: ChooseScanProps) {
  const { t } = useLingui();
  const [name] = useDebouncedValue(choice.name, 350);
  const scanned = { ...choice, name: choice.name.trim() };
  const query = queryOf({ ...choice, name: name.trim() }, session);
  const counted = useQuery({
    queryKey: [session.homeserver.baseUrl, 'users', 'count', query],
    queryFn: async ({ signal }) => (await listUsers(session.homeserver, { ...query, limit: 1 }, signal)).total,
    placeholderData: keepPreviousData,
  });
  const users = isCount(counted.data) ? counted.data : null;
  return (
    <Stack gap="md" maw={820}>
      <div className={classes.card}>
        <Stack gap="lg">
          <TextInput
            label={t`Only users whose name contains`}
            description={t`Searches display names and the part of user IDs before the colon. Leave empty to scan every user.`}
            value={choice.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
          {hasWildcards(choice.name) && <WildcardNote text={choice.name.trim()} />}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
            <Fieldset variant="unstyled" legend={t`Users to scan`} className={classes.group}>
              <Stack gap="xs">
                <Checkbox
                  label={t`Include deactivated users`}
                  checked={choice.deactivated}
                  onChange={(event) => onChange({ deactivated: event.currentTarget.checked })}
                />
                {has(session.version, 'users-locked') && (
                  <Checkbox
                    label={t`Include locked users`}
                    checked={choice.locked}
                    onChange={(event) => onChange({ locked: event.currentTarget.checked })}
                  />
                )}
                {!session.mas && (
                  <Checkbox
                    label={t`Include guests`}
                    checked={choice.guests}
                    onChange={(event) => onChange({ guests: event.currentTarget.checked })}
                  />
                )}
              </Stack>
            </Fieldset>
            <Fieldset variant="unstyled" legend={t`What to read`} className={classes.group}>
              <Stack gap="xs">
                <Checkbox
                  label={t`The account`}
                  description={t`Suspended, email addresses, external IDs and more. One request per user.`}
                  checked
                  disabled
                  readOnly
                />
                <Checkbox
                  label={t`How many sessions`}
                  description={t`One more request per user.`}
                  checked={choice.devices}
                  onChange={(event) => onChange({ devices: event.currentTarget.checked })}
                />
                <Checkbox
                  label={t`Storage`}
                  description={t`Number and size of files. One request per 1,000 users.`}
                  checked={choice.storage}
                  onChange={(event) => onChange({ storage: event.currentTarget.checked })}
                />
              </Stack>
            </Fieldset>
          </SimpleGrid>
        </Stack>
      </div>
      {counted.error && (
        <ErrorNote
          title={t`The users could not be counted`}
          error={counted.error}
          onRetry={() => void counted.refetch()}
        />
      )}
      <div className={classes.card} aria-live="polite" aria-busy={counted.isPending}>
        {users === null ? (
          <Text size="sm">
            {counted.isPending ? <Trans>Counting the users…</Trans> : <Trans>How long it takes is unknown.</Trans>}
          </Text>
        ) : (
          <Cost users={users} choice={choice} />
        )}
        <Text size="sm" c="dimmed" mt={6}>
          <Trans>
            A scan only reads. The result is kept in this browser, for your account only, until you delete it here: user
            IDs, names, email addresses, external IDs and the other facts, never the access token.
          </Trans>
        </Text>
      </div>
      <Group gap="xs">
        <Button
          leftSection={<IconUserSearch size={16} aria-hidden />}
          disabled={users === 0}
          onClick={() =>
            onScan({
              name: scanned.name,
              deactivated: scanned.deactivated,
              locked: scanned.locked,
              guests: scanned.guests && !session.mas,
              devices: scanned.devices,
              storage: scanned.storage,
            })
          }
        >
          {users === null ? t`Scan users` : plural(users, { one: 'Scan # user', other: 'Scan # users' })}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** About what a user takes on disk. */
const BYTES_PER_USER = 200;

function Cost({ users, choice }: { users: number; choice: Choice }) {
  const { requests, fastest, slowest } = costOf(users, choice);
  const all = formatCount(requests);
  const [least, most] = [duration(fastest), duration(slowest)];
  const size = formatBytes(users * BYTES_PER_USER);
  if (users === 0) {
    return (
      <Text size="sm">
        <Trans>No users match.</Trans>
      </Text>
    );
  }
  return (
    <Text size="sm">
      <b>
        <Plural value={users} one="# user" other="# users" />
      </b>
      {': '}
      <Trans>
        about {all} requests. At 20 to 100 requests per second, that takes between {least} and {most}. The result takes
        about {size}.
      </Trans>
    </Text>
  );
}
