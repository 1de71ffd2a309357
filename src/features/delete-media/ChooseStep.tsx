import { Button, Divider, Group, Paper, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Session } from '~/data/session';
import { day } from '~/lib/dates';
import { Notice } from '~/ui/Notice';
import { StepActions } from '~/ui/wizard/StepActions';
import { AGES, dateBefore, dateProblem, meaning, sizeProblem, sweepProblem, type Choice } from './choice';
import { LocalFields } from './LocalFields';
import { readUsers } from './users';

interface ChooseStepProps {
  choice: Choice;
  session: Session;
  onChange(patch: Partial<Choice>): void;
  onNext(): void;
}

/** What to delete. Nothing is sent from here. */
export function ChooseStep({ choice, session, onChange, onNext }: ChooseStepProps) {
  // One look at the clock a visit: “today” must not move under the admin.
  const [now] = useState(Date.now);
  const wrongDate = dateProblem(choice.date, now);
  const remote = choice.where === 'remote';
  const problem = wrongDate ?? (remote ? null : localProblem(choice, session));
  const dateLabel = remote || choice.by === 'not-opened-since' ? 'Not opened since' : 'Uploaded before';

  return (
    <Stack gap="md">
      <Paper withBorder p="md" maw={820}>
        <Stack gap="lg">
          <Radio.Group
            label="Which media"
            value={choice.where}
            onChange={(where) => onChange({ where: where === 'remote' ? 'remote' : 'local' })}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                value="local"
                label="Local media"
                description={`Files that people of ${session.serverName} uploaded. Deleted for good, for every server.`}
              />
              <Radio
                value="remote"
                label="Remote cache"
                description="Copies of other servers’ files. Usually the larger saving, and they can be fetched again."
              />
            </Stack>
          </Radio.Group>
          <Divider />
          {!remote && (
            <Radio.Group
              label="By which date"
              value={choice.by}
              onChange={(by) => onChange({ by: by === 'uploaded-before' ? by : 'not-opened-since' })}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="not-opened-since" label="Not opened since" />
                <Radio value="uploaded-before" label="Uploaded before" />
              </Stack>
            </Radio.Group>
          )}
          <div>
            <TextInput
              type="date"
              label={`${dateLabel} (date)`}
              value={choice.date}
              max={day(now)}
              min="2014-01-01"
              maw={220}
              error={wrongDate}
              onChange={(event) => onChange({ date: event.currentTarget.value })}
            />
            <Group gap="xs" mt={6} role="group" aria-label="Common dates">
              {AGES.map((age) => (
                <Button
                  key={age.label}
                  variant="default"
                  size="compact-sm"
                  aria-pressed={choice.date === dateBefore(now, age)}
                  onClick={() => onChange({ date: dateBefore(now, age) })}
                >
                  {age.label} ago
                </Button>
              ))}
            </Group>
            {wrongDate === null && (
              <Text size="sm" mt={6}>
                {meaning(choice)}
              </Text>
            )}
          </div>
          {!remote && <LocalFields choice={choice} session={session} onChange={onChange} />}
        </Stack>
      </Paper>
      <div style={{ maxWidth: 820 }}>
        <Notice tone="warning" title={remote ? 'What comes back, and what does not' : 'What can’t be undone'}>
          {remote ? <RemoteWarning /> : <LocalWarning />}
        </Notice>
      </div>
      <StepActions next={{ label: 'Review', onClick: onNext, disabled: problem }} />
    </Stack>
  );
}

function localProblem(choice: Choice, session: Session): string | null {
  const wrongSize = sizeProblem(choice);
  if (wrongSize !== null) return wrongSize;
  if (choice.method === 'sweep' && sweepProblem(choice) !== null) {
    return `Choose how to delete again: ${sweepProblem(choice)}`;
  }
  if (choice.whose !== 'some') return null;
  const { ids } = readUsers(choice.users, session.serverName);
  return ids.length === 0 ? 'Name at least one user of this homeserver.' : null;
}

function LocalWarning() {
  return (
    <Text size="sm">
      Messages that hold a deleted file lose it for good, here and on every server that has no copy. Only Synapse’s own
      disk is cleared: objects in a storage provider such as S3 stay there, without a record. Protected and quarantined
      files are always kept; protect what must stay before you continue.
    </Text>
  );
}

function RemoteWarning() {
  return (
    <Text size="sm">
      The remote cache can’t be listed: the files are not known in advance, and each request answers only how many it
      deleted. A copy is fetched again when someone opens it, unless the other server is gone or has deleted it.
      Quarantined copies stay.
    </Text>
  );
}
