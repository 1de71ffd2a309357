import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Menu, Modal, Progress, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { JobSnapshot } from '~/jobs/job';
import { formatCount } from '~/lib/numbers';
import { wordsOf, wordsOfError } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { Notice } from '~/ui/Notice';
import { itemsFile, jobsFile, type Format, type ItemsFile } from './activity-file';

interface ExportActivityProps {
  /** Those that are shown, or selected. */
  jobs: readonly JobSnapshot[];
  /** Of other accounts only that they ran is exported. */
  isMine(job: JobSnapshot): boolean;
}

/** What is shown as a file: a line a job, or a line an item. */
export function ExportActivity({ jobs, isMine }: ExportActivityProps) {
  const { t } = useLingui();
  const [format, setFormat] = useState<Format | null>(null);
  const mine = jobs.filter((job) => isMine(job) && job.state.phase !== 'lost');
  const save = (as: Format) => download(jobsFile(jobs, as), fileName('activity', as));
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            disabled={jobs.length === 0}
          >
            <Trans>Export</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{plural(jobs.length, { one: '# job', other: '# jobs' })}</Menu.Label>
          <Menu.Item onClick={() => save('csv')}>{t`A line per job, CSV`}</Menu.Item>
          <Menu.Item onClick={() => save('json')}>{t`A line per job, JSON`}</Menu.Item>
          <Menu.Label>{t`With what each did`}</Menu.Label>
          <Menu.Item onClick={() => setFormat('csv')}>{t`A line per item, CSV…`}</Menu.Item>
          <Menu.Item onClick={() => setFormat('json')}>{t`A line per item, JSON…`}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={format !== null}
        onClose={() => setFormat(null)}
        title={t`Export all items`}
        centered
        attributes={{ header: { role: 'presentation' } }}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {format !== null && (
          <Items jobs={mine} others={jobs.length - mine.length} format={format} onClose={() => setFormat(null)} />
        )}
      </Modal>
    </>
  );
}

interface ItemsProps {
  jobs: readonly JobSnapshot[];
  /** How many have no items that could be exported. */
  others: number;
  format: Format;
  onClose(): void;
}

function Items({ jobs: given, others, format, onClose }: ItemsProps) {
  const { t } = useLingui();
  // As they were when the dialog opened.
  const [jobs] = useState(given);
  const [read, setRead] = useState<number | null>(null);
  const [made, setMade] = useState<ItemsFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const items = jobs.reduce((sum, { total }) => sum + total, 0);
  const begin = async () => {
    const control = new AbortController();
    reading.current = control;
    setRead(0);
    try {
      const file = await itemsFile(jobs, format, control.signal, setRead);
      download(file.file, fileName('activity-items', format));
      setMade(file);
    } catch (error) {
      if (!control.signal.aborted) setProblem(wordsOfError(error));
    }
  };
  const [number, all] = [formatCount(read ?? 0), formatCount(jobs.length)];
  return (
    <Stack>
      <Text size="sm">
        {t`${plural(jobs.length, { one: '# job', other: '# jobs' })} with ${plural(items, { one: '# item', other: '# items' })}. The file has IDs, names and values as they were before.`}
      </Text>
      {others > 0 && (
        <Text size="sm">
          {plural(others, {
            one: '# job is left out: it belongs to another account, or its record was lost.',
            other: '# jobs are left out: they belong to other accounts, or their record was lost.',
          })}
        </Text>
      )}
      {read !== null && made === null && problem === null && (
        <>
          <Progress value={jobs.length === 0 ? 100 : (100 * read) / jobs.length} aria-label={t`Jobs read`} />
          <Text size="sm" role="status">
            {t`${number} of ${all} jobs read`}
          </Text>
        </>
      )}
      {problem !== null && (
        <Notice role="alert" tone="danger" title={t`Not exported`}>
          {problem}
        </Notice>
      )}
      {made && (
        <Notice
          role="status"
          tone={made.unread.length > 0 ? 'warning' : 'good'}
          title={made.unread.length > 0 ? t`Exported in part` : t`Exported`}
        >
          {made.unread.map(({ job, reason }) => (
            <span key={job.id}>
              <bdi>{wordsOf(job.title)}</bdi>: {wordsOf(reason)}
            </span>
          ))}
        </Notice>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {made || problem !== null ? t`Close` : t`Cancel`}
        </Button>
        {made === null && problem === null && (
          <Button loading={read !== null} disabled={jobs.length === 0} onClick={() => void begin()}>
            <Trans>Export</Trans>
          </Button>
        )}
      </Group>
    </Stack>
  );
}
