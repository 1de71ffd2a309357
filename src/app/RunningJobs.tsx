import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Anchor, Box, Indicator, Popover, Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useJobs } from '~/job-store/jobs';
import { useOthersJobs } from '~/entities/session/open-jobs';
import { OthersJobs } from '~/entities/session/OthersJobs';
import { paths } from '~/lib/paths';
import { formatCount } from '~/lib/numbers';
import { ProgressBar } from '~/ui/job/JobProgress';
import { useNow } from '~/ui/job/use-now';
import { countWords, isOver, isReading, phaseDot, phaseWord, stateWords } from '~/ui/job/words';
import { StateTag } from '~/ui/StateTag';
import classes from './RunningJobs.module.css';
import { wordsOf } from '~/lib/words';

const SHOWN = 8;

/** What runs, or waits to be decided, from anywhere in Glia. */
export function RunningJobs() {
  const { t } = useLingui();
  const all = useJobs();
  const jobs = all.filter((job) => !isReading(job));
  const [opened, setOpened] = useState(false);
  const open = jobs.filter((job) => !isOver(job));
  const now = useNow(opened && open.length > 0);
  const asking = open.some((job) => job.state.phase === 'paused');
  const others = useOthersJobs();
  if (jobs.length === 0 && others.length === 0) return null;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width="min(360px, calc(100vw - 16px))"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={classes.control}
          aria-label={labelOf(open.length, asking)}
          onClick={() => setOpened(!opened)}
        >
          <Indicator
            label={open.length}
            size={16}
            color={asking ? 'orange.9' : 'cyan.9'}
            disabled={open.length === 0}
            processing={open.length > 0 && !asking}
          >
            <IconListCheck size={20} stroke={1.6} aria-hidden />
          </Indicator>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t`Latest jobs`}>
        <Text size="xs" fw={600} c="dimmed" px="xs" pb={4}>
          <Trans>Latest jobs</Trans>
        </Text>
        <ul className={classes.list}>
          {jobs.slice(0, SHOWN).map((job) => (
            <li key={job.id}>
              <Link to={paths.job(job.id)} className={classes.job} onClick={() => setOpened(false)}>
                <span className={classes.head}>
                  <Text span size="sm" fw={600}>
                    {wordsOf(job.title)}
                  </Text>
                  <StateTag dot={phaseDot(job)}>{phaseWord(job)}</StateTag>
                </span>
                <ProgressBar snapshot={job} thin />
                <Text span size="xs" c="dimmed">
                  {!isOver(job) && `${stateWords(job, now)} · `}
                  {countWords(job)}
                </Text>
              </Link>
            </li>
          ))}
        </ul>
        <Box px="xs" pb={4}>
          <OthersJobs />
        </Box>
        <Anchor component={Link} to={paths.jobs()} size="sm" px="xs" onClick={() => setOpened(false)}>
          <Trans>All activity</Trans>
        </Anchor>
      </Popover.Dropdown>
    </Popover>
  );
}

function labelOf(open: number, asking: boolean): string {
  if (open === 0) return t`Jobs: none running`;
  const unfinished = formatCount(open);
  return asking ? t`Jobs: ${unfinished} not finished, your decision is needed` : t`Jobs: ${unfinished} not finished`;
}
