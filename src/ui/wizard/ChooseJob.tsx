import { Radio, Stack, Text } from '@mantine/core';
import type { JobSnapshot } from '~/jobs/job';
import { countWords } from '~/ui/job/words';
import { Moment } from '~/ui/Moment';
import { EmptyNote } from '~/ui/EmptyNote';
import classes from './ChooseJob.module.css';
import { wordsOf } from '~/lib/words';

interface ChooseJobProps {
  label: string;
  /** Newest first. */
  jobs: readonly JobSnapshot[];
  value: string | null;
  onChange(id: string): void;
  /** What to say where there is none. */
  empty: string;
}

/** One of the jobs that ran, by what it did and when. */
export function ChooseJob({ label, jobs, value, onChange, empty }: ChooseJobProps) {
  if (jobs.length === 0) return <EmptyNote title="Nothing to choose from">{empty}</EmptyNote>;
  return (
    <Radio.Group label={label} value={value} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {jobs.map((job) => (
          <Radio
            key={job.id}
            value={job.id}
            className={classes.job}
            label={wordsOf(job.title)}
            description={
              <Text span size="xs" className={classes.facts}>
                <span>{countWords(job)}</span>
                <span>
                  ended <Moment ms={job.endedAt} none="–" />
                </span>
              </Text>
            }
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
