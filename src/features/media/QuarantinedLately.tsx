import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLacks } from '~/data/lacks';
import { quarantineLog, type QuarantinedFile, type QuarantineLog } from '~/data/quarantine-changes';
import { useSession } from '~/data/session';
import { NamedInSight, QuarantinedByInSight, SizeInSight } from '~/entities/media/FileInSight';
import { FilesTable } from '~/entities/media/FilesTable';
import { wordsOf } from '~/lib/words';
import type { Column } from '~/ui/DataTable';
import { EmptyNote } from '~/ui/EmptyNote';
import { FilterChips } from '~/ui/FilterChips';
import { Marks } from '~/ui/Marks';
import { Section } from '~/ui/Section';

const mxcOf = ({ mxc }: QuarantinedFile): string => mxc;

const COLUMNS: readonly Column<QuarantinedFile>[] = [
  {
    id: 'file',
    header: msg`File`,
    width: 'minmax(13rem, 2fr)',
    cell: ({ mxc }) => <NamedInSight mxc={mxc} />,
  },
  {
    id: 'state',
    header: msg`Last change`,
    width: 'minmax(8rem, 0.8fr)',
    cell: ({ isQuarantined }) => (
      <Marks
        marks={[
          isQuarantined
            ? { label: msg`quarantined`, tone: 'grave', meaning: msg`Nobody can open it.` }
            : { label: msg`lifted`, tone: 'plain', meaning: msg`Its quarantine was lifted.` },
        ]}
      />
    ),
  },
  {
    id: 'by',
    header: msg`Quarantined by`,
    width: 'minmax(10rem, 1fr)',
    cell: ({ mxc }) => <QuarantinedByInSight mxc={mxc} />,
  },
  { id: 'size', header: msg`Size`, width: '6rem', align: 'end', cell: ({ mxc }) => <SizeInSight mxc={mxc} /> },
];

/** What Synapse says was quarantined, or let go, since it keeps a log of that. */
export function QuarantinedLately() {
  const lacking = useLacks('quarantine-changes');
  if (lacking === null) return <Log />;
  return (
    <EmptyNote title={t`This homeserver’s Synapse keeps no log of what was quarantined`}>
      {wordsOf(lacking)} {t`A user’s Media tab can be sorted by “Quarantined”.`}
    </EmptyNote>
  );
}

function Log() {
  const { homeserver } = useSession();
  const client = useQueryClient();
  const reading = useQuery(quarantineLog(homeserver, client));
  return (
    <Section
      unread={t`Could not load the quarantine log`}
      refresh={t`Read what came since`}
      tools={
        <Text size="sm" c="dimmed" maw={700}>
          <Trans>
            The last change first. Synapse logs neither when it was nor who lifted a quarantine, and nothing from before
            it was updated to 1.152.
          </Trans>
        </Text>
      }
      reading={reading}
    >
      {(log) => <Files log={log} isReading={reading.isFetching} onMore={() => void reading.refetch()} />}
    </Section>
  );
}

function Files({ log, isReading, onMore }: { log: QuarantineLog; isReading: boolean; onMore(): void }) {
  const { files, hasMore, odd } = log;
  const [only, setOnly] = useState<'quarantined' | 'lifted' | null>(null);
  const shown = useMemo(
    () => (only === null ? files : files.filter((file) => file.isQuarantined === (only === 'quarantined'))),
    [files, only],
  );
  const held = files.filter(({ isQuarantined }) => isQuarantined).length;
  return (
    <>
      {odd > 0 && (
        <Text size="sm">
          {t`${plural(odd, { one: '# entry of the log could not be read.', other: '# entries of the log could not be read.' })}`}
        </Text>
      )}
      {hasMore && (
        <Group gap="sm">
          <Text size="sm">
            <Trans>The log is long, and is read from its beginning: the latest changes are still missing.</Trans>
          </Text>
          <Button size="xs" variant="default" loading={isReading} onClick={onMore}>
            <Trans>Read on</Trans>
          </Button>
        </Group>
      )}
      <FilesTable
        label={t`Quarantined lately`}
        rows={shown}
        mxcOf={mxcOf}
        columns={COLUMNS}
        of={{ from: 'list' }}
        tools={
          <FilterChips<'quarantined' | 'lifted'>
            label={t`Show`}
            chips={[
              { value: 'quarantined', label: t`quarantined`, count: held },
              { value: 'lifted', label: t`lifted`, count: files.length - held },
            ]}
            value={only}
            onChange={setOnly}
          />
        }
        empty={<EmptyNote title={t`Nothing`}>{t`No file was quarantined since Synapse keeps a log of it.`}</EmptyNote>}
      />
    </>
  );
}
