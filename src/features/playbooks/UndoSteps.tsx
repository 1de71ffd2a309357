import { plural, t } from '@lingui/core/macro';
import { Button, Group } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { changedByStep } from '~/actions/playbook-undo';
import { useJob } from '~/job-store/jobs';
import { stepsToUndoOf } from '~/job-store/playbook-undo';
import type { Job, LedgerRow } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { useTally } from '~/ui/job/use-tally';

/** For each step that can be undone, the way to its plan: the same as of a job of that action alone. */
export function UndoSteps({ job }: { job: Job }) {
  const snapshot = useJob(job);
  const { data: steps } = useQuery({ ...stepsToUndoOf(job), enabled: isOver(snapshot) });
  const begin = useMemo(() => {
    if (!steps || steps.length === 0) return undefined;
    return () => {
      const found = new Map<string, number>();
      return {
        take(row: LedgerRow) {
          for (const { key } of steps) found.set(key, (found.get(key) ?? 0) + changedByStep(row, key).length);
        },
        result: () => found,
      };
    };
  }, [steps]);
  const counts = useTally(job, snapshot, begin);
  const shown = steps?.filter(({ key }) => (counts?.get(key) ?? 0) > 0) ?? [];
  if (shown.length === 0) return null;
  return (
    <Group gap="xs">
      {shown.map(({ key, label }) => (
        <Button
          key={key}
          component={Link}
          to={`${paths.undoJob(job.id)}?step=${encodeURIComponent(key)}`}
          size="xs"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
        >
          {undoWords(wordsOf(label), counts?.get(key) ?? 0)}
        </Button>
      ))}
    </Group>
  );
}

const undoWords = (step: string, count: number): string =>
  t`Undo “${step}” (${plural(count, { one: '# change', other: '# changes' })})…`;
