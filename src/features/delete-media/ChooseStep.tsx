import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Divider, Group, Paper, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { lacks } from '~/api/since';
import type { Session } from '~/data/session';
import { day } from '~/lib/dates';
import { ownUsers } from '~/lib/own-users';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { useUserIds } from '~/ui/use-user-ids';
import { StepActions } from '~/ui/wizard/StepActions';
import {
  AGES,
  dateBefore,
  dateProblem,
  keepProblem,
  meaning,
  roomProblem,
  sizeProblem,
  sweepProblem,
  type Choice,
} from './choice';
import { LocalFields } from './LocalFields';

interface ChooseStepProps {
  choice: Choice;
  session: Session;
  onChange(patch: Partial<Choice>): void;
  onNext(): void;
}

/** What to delete. This step sends no request that the admin did not ask for. */
export function ChooseStep({ choice, session, onChange, onNext }: ChooseStepProps) {
  const { t } = useLingui();
  const { serverName } = session;
  // The time of the visit: “today” must not change while the admin chooses.
  const [now] = useState(Date.now);
  const wrongDate = dateProblem(choice.date, now);
  const remote = choice.where === 'remote';
  const { parsed, settled } = useUserIds(choice.users, serverName, 'never');
  const own = useMemo(() => ownUsers(parsed, serverName), [parsed, serverName]);
  const problem = wrongDate ?? (remote ? null : localProblem(choice, session, settled ? own.ids.length : null));

  return (
    <Stack gap="md">
      <Paper withBorder p="md" maw={820}>
        <Stack gap="lg">
          <Radio.Group
            label={t`Which files`}
            value={choice.where}
            onChange={(where) => onChange({ where: where === 'remote' || where === 'room' ? where : 'local' })}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="local"
                label={t`Files of this homeserver`}
                description={t`Uploaded by users of ${serverName}. Deleting them can’t be undone.`}
              />
              <Radio
                value="room"
                label={t`Files in messages of one room`}
                description={t`Uploaded to ${serverName} and named by unencrypted messages of the room.`}
              />
              <Radio
                value="remote"
                label={t`Remote media cache`}
                description={t`Files of other homeservers that are cached here. This often frees the most space, and most of them can be fetched again.`}
              />
            </Stack>
          </Radio.Group>
          <Divider />
          {!remote && (
            <Radio.Group
              label={t`Which date counts`}
              value={choice.by}
              onChange={(by) => onChange({ by: by === 'uploaded-before' ? by : 'not-opened-since' })}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="not-opened-since" label={t`Not opened since`} />
                <Radio value="uploaded-before" label={t`Uploaded before`} />
              </Stack>
            </Radio.Group>
          )}
          <div>
            <TextInput
              type="date"
              label={t`Date`}
              value={choice.date}
              max={day(now)}
              min="2014-01-01"
              maw={220}
              error={wrongDate}
              onChange={(event) => onChange({ date: event.currentTarget.value })}
            />
            <Group gap="xs" mt={6} role="group" aria-label={t`Common dates`}>
              {AGES.map((age) => (
                <Button
                  key={age.name}
                  variant="default"
                  size="compact-sm"
                  aria-pressed={choice.date === dateBefore(now, age)}
                  onClick={() => onChange({ date: dateBefore(now, age) })}
                >
                  {wordsOf(age.label)}
                </Button>
              ))}
            </Group>
            {wrongDate === null && (
              <Text size="sm" mt={6}>
                {meaning(choice)}
              </Text>
            )}
          </div>
          {!remote && (
            <LocalFields
              choice={choice}
              session={session}
              named={{ parsed, problems: own.problems }}
              onChange={onChange}
            />
          )}
        </Stack>
      </Paper>
      <div style={{ maxWidth: 820 }}>
        <Notice tone="warning" title={remote ? t`What can be fetched again` : t`This can’t be undone`}>
          {remote ? <RemoteWarning /> : <LocalWarning />}
        </Notice>
      </div>
      <StepActions next={{ label: t`Review`, onClick: onNext, disabled: problem }} />
    </Stack>
  );
}

/** @param named how many users are named; null: they are still being read */
function localProblem(choice: Choice, { serverName, version }: Session, named: number | null): string | null {
  const wrong = sizeProblem(choice) ?? keepProblem(choice, serverName);
  if (wrong !== null) return wrong;
  const noSweep = choice.method === 'sweep' ? sweepProblem(choice) : null;
  if (noSweep !== null) return noSweep;
  if (choice.where === 'room') {
    const tooOld = lacks(version, 'media-info');
    return tooOld === null ? roomProblem(choice) : wordsOf(tooOld);
  }
  const { name, onlyAdmins } = choice.filter;
  if (choice.whose === 'filter' && name.trim() === '' && !onlyAdmins)
    return t`Enter a part of the users’ names, or choose everyone.`;
  if (choice.whose !== 'named') return null;
  if (named === null) return t`Still reading what you pasted.`;
  return named === 0 ? t`Enter at least one user of this homeserver.` : null;
}

function LocalWarning() {
  return (
    <Text size="sm">
      <Trans>
        Messages that contain a deleted file can no longer show it, here and on homeservers that have no copy. Only
        Synapse’s own disk is cleared: files in a storage provider such as S3 stay there, with no record of them.
        Protected and quarantined files are always kept, so protect what must stay before you continue.
      </Trans>
    </Text>
  );
}

function RemoteWarning() {
  return (
    <Text size="sm">
      <Trans>
        A deleted file is fetched again when someone opens it, unless its own homeserver is gone or has deleted it.
        Quarantined files are kept. Synapse can’t list the remote media cache: you learn how many files were deleted,
        but not which ones.
      </Trans>
    </Text>
  );
}
