import { useLingui } from '@lingui/react/macro';
import { Button, Group, Menu, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { Job, JobSnapshot, LedgerRow } from '~/jobs/job';
import { isOver } from '~/jobs/phase';
import { duration, exact } from '~/lib/dates';
import { wordsOf, type Words } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { Later } from '~/ui/Later';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { JobControls } from './JobControls';
import { JobProgress } from './JobProgress';
import classes from './JobDetails.module.css';
import { LateNote } from './LateNote';
import { LedgerTable, PlanOfJob, type LedgerLook } from './LedgerTable';
import { PauseNote } from './PauseNote';
import { UndoButton, type UndoOffer } from './UndoButton';
import { useSnapshot } from './use-snapshot';
import { useTally } from './use-tally';
import { keptWords } from './words';

/** A number that the rows add up to: “Freed 1.2 GB”. */
export interface JobSum {
  readonly name: Words;
  /** What a row adds; null: nothing that can be said. */
  of(row: LedgerRow): number | null;
  words(sum: number): string;
}

interface JobDetailsProps {
  job: Job;
  /** Whether the account that began the job is signed in (`useSignedInAs(owner)`): only then may it be resumed. */
  signedIn: boolean;
  look?: LedgerLook;
  sum?: JobSum | undefined;
  /** What an admin should know now: what is still cached, what comes later. */
  notes?: ReactNode;
  /** How it is undone; a sentence where it can't be. */
  undo?: UndoOffer | string;
  /** Another job undid it, or is about to. */
  isUndone?: boolean;
  /** The jobs that it belongs to. */
  links?: ReactNode;
  /** What else can be done with it. */
  actions?: ReactNode;
  /** Beside its items and its plan. */
  tabs?: readonly { id: string; label: string; content: ReactNode }[];
}

/** What a job does or did, as whom, when, to what, with which outcome: the one place where it is shown. */
export function JobDetails(props: JobDetailsProps) {
  const { t } = useLingui();
  const { job, signedIn, look, notes, undo, isUndone = false, links, actions, tabs = [] } = props;
  const snapshot = useSnapshot(job);
  const table = { job, snapshot, ...(look && { look }) };
  return (
    <Page title={wordsOf(snapshot.title)} about={<JobFacts {...props} snapshot={snapshot} />}>
      <Group gap="xs">
        <JobControls job={job} snapshot={snapshot} signedIn={signedIn} />
        {typeof undo === 'object' && <UndoButton job={job} snapshot={snapshot} offer={undo} isUndone={isUndone} />}
        {actions}
        <ExportMenu job={job} kind={snapshot.kind} />
      </Group>
      <PauseNote snapshot={snapshot} signedIn={signedIn} />
      {links}
      <LateNote job={job} snapshot={snapshot} signedIn={signedIn} looksFirst />
      <JobProgress snapshot={snapshot} />
      {!isOver(snapshot) && (
        <Text size="sm" c="dimmed">
          {keptWords(snapshot)}
        </Text>
      )}
      {notes}
      {typeof undo === 'string' && <Text size="sm">{undo}</Text>}
      <Later>
        <TabsInUrl
          label={t`About this job`}
          tabs={[
            { id: 'items', label: t`Items`, content: <LedgerTable {...table} /> },
            { id: 'plan', label: t`Plan`, content: <Plan {...table} /> },
            ...tabs,
          ]}
        />
        {isOver(snapshot) && (
          <Text size="sm" c="dimmed">
            {snapshot.kept?.ok
              ? t`This job is saved in this browser until you delete it in Activity. To keep it elsewhere, download its report.`
              : t`This job is in this tab only, until you close it. To keep its results, download its report.`}
          </Text>
        )}
      </Later>
    </Page>
  );
}

function Plan(table: { job: Job; snapshot: JobSnapshot; look?: LedgerLook }) {
  const { t } = useLingui();
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t`The plan that was confirmed. The job changes these items as shown here, and nothing else.`}
      </Text>
      <PlanOfJob {...table} />
    </>
  );
}

function JobFacts({ job, snapshot, sum }: Pick<JobDetailsProps, 'job' | 'sum'> & { snapshot: JobSnapshot }) {
  const { t } = useLingui();
  const { startedAt, endedAt, owner } = snapshot;
  const begin = useMemo(() => {
    if (!sum) return undefined;
    return () => {
      // Null where no row says anything: that is not known, and not nothing.
      let total: number | null = null;
      return {
        take(row: LedgerRow) {
          const more = sum.of(row);
          if (more !== null) total = (total ?? 0) + more;
        },
        result: () => total,
      };
    };
  }, [sum]);
  const total = useTally(job, snapshot, begin);
  return (
    <dl className={classes.facts}>
      <Fact name={t`Started by`}>
        <Outside as="id" text={owner.userId} />
      </Fact>
      <Fact name={t`Homeserver`}>
        <Outside as="id" text={owner.baseUrl} />
      </Fact>
      <Fact name={t`Started`}>{startedAt === null ? '–' : exact(startedAt)}</Fact>
      <Fact name={t`Ended`}>{endedAt === null ? t`not yet` : exact(endedAt)}</Fact>
      {startedAt !== null && endedAt !== null && <Fact name={t`Duration`}>{duration(endedAt - startedAt)}</Fact>}
      {sum && total !== null && <Fact name={wordsOf(sum.name)}>{sum.words(total)}</Fact>}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ExportMenu({ job, kind }: { job: Job; kind: string }) {
  const { t } = useLingui();
  const [writing, setWriting] = useState(false);
  const save = async (format: 'csv' | 'json') => {
    setWriting(true);
    const { reportFile } = await import('~/jobs/report');
    download(await reportFile(job, format), fileName(`${kind}-report`, format));
    setWriting(false);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={writing}>
          {t`Download report`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>{t`Download CSV`}</Menu.Item>
        <Menu.Item onClick={() => void save('json')}>{t`Download JSON`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
