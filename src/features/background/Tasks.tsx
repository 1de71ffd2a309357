import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Anchor, Group, Stack, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { TASK_STATUSES, type ScheduledTask, type TaskStatus } from '~/api/background';
import { background } from '~/data/background';
import { useLacks } from '~/data/lacks';
import { useSession } from '~/data/session';
import { RoomLink } from '~/entities/room/RoomLink';
import { UserLink } from '~/entities/user/UserLink';
import { useJobs } from '~/job-store/jobs';
import { startedHere } from '~/job-store/started-here';
import { isAnyRoomId, isUserId } from '~/lib/recognise';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { DataTable, type Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { Id } from '~/ui/Id';
import { Marks } from '~/ui/Marks';
import { Moment } from '~/ui/Moment';
import { OddRowsNote } from '~/ui/OddRowsNote';
import { Outside } from '~/ui/Outside';
import { Section } from '~/ui/Section';
import { TableCaption } from '~/ui/TableCaption';
import { STATUS_MARKS, TASK_ACTIONS } from './words';

const isStatus = (status: string): status is TaskStatus => TASK_STATUSES.some((one) => one === status);

/** What it works on: a room, a user, or something else. */
function Resource({ of }: { of: ScheduledTask }) {
  const { resource_id: id } = of;
  if (id == null || id === '') return null;
  if (isUserId(id)) return <UserLink userId={id} />;
  return isAnyRoomId(id) ? <RoomLink roomId={id} /> : <Id value={id} />;
}

function StartedBy({ jobId }: { jobId: string | undefined }) {
  if (jobId === undefined) return null;
  return (
    <Anchor component={Link} to={paths.job(jobId)} size="sm">
      <Trans>Glia, in this browser</Trans>
    </Anchor>
  );
}

/** @param started the job of this browser that started each task, by the task’s ID */
const columnsOf = (started: ReadonlyMap<string, string> | undefined): readonly Column<ScheduledTask>[] => [
  {
    id: 'action',
    header: msg`Task`,
    width: 'minmax(12rem, 1.4fr)',
    cell: ({ action }) =>
      Object.hasOwn(TASK_ACTIONS, action) ? wordsOf(TASK_ACTIONS[action] ?? action) : <Outside as="id" text={action} />,
  },
  {
    id: 'status',
    header: msg`Status`,
    width: 'minmax(7rem, 0.6fr)',
    cell: ({ status }) =>
      isStatus(status) ? <Marks marks={[STATUS_MARKS[status]]} /> : <Outside as="id" text={status} />,
  },
  { id: 'resource', header: msg`Of`, width: 'minmax(12rem, 1.4fr)', cell: (task) => <Resource of={task} /> },
  {
    id: 'time',
    header: msg`Changed`,
    width: 'minmax(7rem, 0.6fr)',
    cell: ({ timestamp_ms: ms }) => <Moment ms={ms} />,
  },
  {
    id: 'job',
    header: msg`Started by`,
    width: 'minmax(7rem, 0.6fr)',
    cell: ({ id }) => <StartedBy jobId={started?.get(id)} />,
  },
  {
    id: 'error',
    header: msg`Error`,
    width: 'minmax(10rem, 1.2fr)',
    cell: ({ error }) => error != null && <Outside text={error} longest={300} />,
  },
];

const keyOf = ({ id }: ScheduledTask): string => id;

/** What the homeserver does later, or works on for long, the newest first. */
export function Tasks() {
  const { homeserver } = useSession();
  const lacking = useLacks('scheduled-tasks');
  const reading = useQuery({ ...background.tasks(homeserver), enabled: lacking === null });
  return (
    <Stack component="section" gap="sm">
      {lacking === null ? (
        <Section
          unread={t`Could not load the scheduled tasks`}
          refresh={t`Refresh scheduled tasks`}
          tools={<Heading />}
          reading={reading}
        >
          {({ rows, odd }) => (
            <>
              <OddRowsNote odd={odd} />
              <TaskTable tasks={rows} />
            </>
          )}
        </Section>
      ) : (
        <>
          <Heading />
          <EmptyNote title={t`Scheduled tasks can’t be listed here`}>{wordsOf(lacking)}</EmptyNote>
        </>
      )}
    </Stack>
  );
}

const Heading = () => <Title order={2} size="h4">{t`Scheduled tasks`}</Title>;

/** What jobs of this browser started, as far as their journals are here. */
function useStartedHere(): ReadonlyMap<string, string> | undefined {
  const jobs = useJobs();
  const ids = jobs.map(({ id, state }) => `${id} ${state.phase}`).join();
  const { data } = useQuery({
    queryKey: ['started-here', ids],
    queryFn: ({ signal }) => startedHere(jobs, Date.now(), signal),
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
  return data;
}

function TaskTable({ tasks }: { tasks: readonly ScheduledTask[] }) {
  const [search, setSearch] = useState('');
  const [params, setParams] = useSearchParams();
  const asked = params.get('status') ?? '';
  const only = isStatus(asked) ? asked : null;
  const setOnly = (status: TaskStatus | null) =>
    setParams(status === null ? {} : { status }, { replace: true, preventScrollReset: true });
  const started = useStartedHere();
  const shown = useMemo(() => {
    const needle = search.trim().toLowerCase();
    return tasks
      .filter(({ action, resource_id: resource, status }) => {
        const text = `${action}\n${resource ?? ''}\n${wordsOf(TASK_ACTIONS[action] ?? '')}`.toLowerCase();
        return (only === null || status === only) && text.includes(needle);
      })
      .toReversed();
  }, [tasks, search, only]);
  const columns = useMemo(() => columnsOf(started), [started]);
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput
          type="search"
          label={t`Search tasks`}
          placeholder={t`Task, room ID or user ID`}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={{ base: '100%', sm: 320 }}
        />
        <FilterChips<TaskStatus>
          label={t`Status`}
          chips={TASK_STATUSES.map((value) => ({
            value,
            label: STATUS_MARKS[value].label,
            count: tasks.filter(({ status }) => status === value).length,
          }))}
          value={only}
          onChange={setOnly}
        />
      </Group>
      <TableCaption>{t`${plural(shown.length, { one: '# task', other: '# tasks' })}`}</TableCaption>
      <DataTable
        label={t`Scheduled tasks`}
        columns={columns}
        rows={shown}
        rowKey={keyOf}
        empty={
          tasks.length === 0 ? (
            <EmptyNote title={t`No scheduled tasks`}>
              {t`Room deletions and history purges appear here. Synapse forgets a task a week after it ended.`}
            </EmptyNote>
          ) : (
            <EmptyNote title={t`No tasks found`}>{t`Clear the search or the filter.`}</EmptyNote>
          )
        }
      />
    </>
  );
}
