import { ActionIcon, Badge, Indicator, Menu, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import { jobHref, useJobs } from '~/data/jobs';
import { plural } from '~/lib/numbers';
import { ProgressBar } from '~/ui/job/JobProgress';
import { useNow } from '~/ui/job/use-now';
import { countWords, isOver, stateWords } from '~/ui/job/words';
import classes from './RunningJobs.module.css';

/** What runs, or waits to be decided, from anywhere in Glia. */
export function RunningJobs() {
  const jobs = useJobs();
  const open = jobs.filter((job) => !isOver(job));
  const asking = open.some((job) => job.state.phase === 'paused');
  const now = useNow(open.length > 0);
  if (jobs.length === 0) return null;
  const label = open.length === 0 ? 'Jobs: none runs' : `Jobs: ${plural(open.length, 'job')} not over`;
  return (
    <Menu position="bottom-end" width={340} withinPortal>
      <Menu.Target>
        <Indicator
          label={open.length}
          size={18}
          offset={4}
          color={asking ? 'orange.9' : 'cyan.9'}
          disabled={open.length === 0}
          processing={open.length > 0 && !asking}
        >
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
            <IconListCheck size={20} stroke={1.6} />
          </ActionIcon>
        </Indicator>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Jobs of this tab</Menu.Label>
        {jobs.slice(0, 8).map((job) => (
          <Menu.Item key={job.id} component={Link} to={jobHref(job) ?? '/'}>
            <span className={classes.head}>
              <Text span size="sm" fw={600} truncate>
                {job.title}
              </Text>
              {job.state.phase === 'paused' && (
                <Badge size="sm" color="orange" variant="light">
                  paused
                </Badge>
              )}
            </span>
            <Text size="xs" c="dimmed">
              {isOver(job) ? countWords(job) : stateWords(job, now)}
            </Text>
            <ProgressBar snapshot={job} thin />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
