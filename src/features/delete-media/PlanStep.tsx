import { Group, Paper, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { ownerOf } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { plural } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { DataTable } from '~/ui/DataTable';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { PlanTable, type PlanColumn } from '~/ui/wizard/PlanTable';
import { ScriptButton } from '~/ui/wizard/ScriptButton';
import { StepActions } from '~/ui/wizard/StepActions';
import { canLook } from './ConfirmDeletion';
import { fileRows, minute, sizeText, TABLE_WORDS, type FileRow } from './plan-table';
import type { Planned } from './planning';
import { PlanSummary } from './PlanSummary';
import { sliceName, type Slice } from './slices';
import { Outside } from '~/ui/Outside';
import { isolatedWords } from '~/lib/shown-text';

const COLUMNS: readonly PlanColumn<FileRow>[] = [
  {
    id: 'file',
    header: 'File',
    width: 'minmax(10rem, 2fr)',
    // The name only: a picture would count as opening the file, and keep it alive.
    cell: ({ file }) => (
      <>
        {file.name !== null && (
          <Text size="sm" truncate="end" title={isolatedWords(file.name)}>
            <Outside text={file.name} none="no name" />
          </Text>
        )}
        <Id value={file.id} />
      </>
    ),
    text: ({ file }) => (file.name === null ? file.id : `${file.name} (${file.id})`),
  },
  {
    id: 'owner',
    header: 'Owner',
    width: 'minmax(8rem, 1.5fr)',
    cell: ({ file }) => <Id value={file.owner} />,
    text: ({ file }) => file.owner,
  },
  { id: 'type', header: 'Type', width: '6.5rem', text: ({ file }) => file.type ?? '' },
  {
    id: 'size',
    header: 'Size',
    width: '4.5rem',
    align: 'end',
    text: ({ file }) => sizeText(file.bytes),
  },
  {
    id: 'uploaded',
    header: 'Uploaded',
    width: '5.5rem',
    cell: ({ file }) => <Moment ms={file.createdTs} />,
    text: ({ file }) => minute(file.createdTs),
  },
  {
    id: 'opened',
    header: 'Last opened',
    width: '5.5rem',
    cell: ({ file }) => <Moment ms={file.lastAccessTs} none="never" />,
    text: ({ file }) => (file.lastAccessTs === null ? 'never' : minute(file.lastAccessTs)),
  },
];

/** The plan: what exactly goes, what stays and why. */
export function PlanStep({ planned }: { planned: Planned }) {
  return planned.kind === 'local' ? <LocalPlan planned={planned} /> : <RemotePlan planned={planned} />;
}

function LocalPlan({ planned }: { planned: Extract<Planned, { kind: 'local' }> }) {
  const { plan } = planned;
  const rows = useMemo(() => fileRows(plan), [plan]);
  const nothing = plan.totals.delete.files === 0 ? 'No file fits what you chose.' : null;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          Read <Moment ms={planned.madeAt} />. Nothing was opened by looking: the list asks for no pictures.
        </Text>
      </Group>
      <PlanSummary plan={plan} notes={planned.notes} />
      {planned.slices.length > 0 && (
        <Text size="sm">
          The sweep takes {plural(planned.slices.length, 'call')}, one after the other, oldest first. The server chooses
          anew in each, so a file opened meanwhile is spared.
        </Text>
      )}
      <PlanTable
        label="What would happen to each file"
        rows={rows}
        columns={COLUMNS}
        verdicts={TABLE_WORDS}
        fileStem="delete-media-plan"
        empty="These users have no files on this homeserver."
      >
        <AsScript planned={planned} disabled={nothing} />
      </PlanTable>
      <Actions disabled={nothing} />
    </Stack>
  );
}

const sliceKey = ({ beforeTs }: Slice): string => String(beforeTs);

function RemotePlan({ planned }: { planned: Extract<Planned, { kind: 'remote' }> }) {
  const { slices, choice } = planned;
  return (
    <Stack gap="md">
      <Paper withBorder p="md">
        <Text size="xl" fw={650}>
          {plural(slices.length, 'slice')} of time, up to {choice.date}
        </Text>
        <Text size="sm" c="dimmed" maw={720}>
          How many copies each slice holds is not known before: Synapse can’t list them, only count what it has deleted.
          Slices keep each call short, so that no proxy gives up on it. Each also takes what an earlier one left.
        </Text>
      </Paper>
      <Group justify="flex-end">
        <AsScript planned={planned} disabled={null} />
      </Group>
      <DataTable<Slice>
        label="Slices of the remote cache"
        columns={[
          { id: 'slice', header: 'Last opened', width: 'minmax(14rem, 1fr)', cell: sliceName },
          { id: 'files', header: 'Copies', width: 'minmax(10rem, 1fr)', cell: () => 'known afterwards' },
        ]}
        rows={slices}
        rowKey={sliceKey}
        maxHeight="50vh"
      />
      <Actions disabled={null} />
    </Stack>
  );
}

function AsScript({ planned, disabled }: { planned: Planned; disabled: string | null }) {
  const session = useSession();
  const { serverName, demo } = session;
  const ground = { owner: ownerOf(session), serverName, version: session.version, canLook: canLook(session) };
  return (
    <ScriptButton
      fileStem="delete-media"
      disabled={disabled}
      demo={demo}
      write={async (language) => (await import('./script')).mediaScript(planned, ground, language)}
    />
  );
}

function Actions({ disabled }: { disabled: string | null }) {
  return (
    <StepActions
      back={{ label: 'Back to choosing', to: paths.deleteMedia('choose') }}
      next={{ label: 'Look once more', to: paths.deleteMedia('confirm'), disabled }}
    />
  );
}
