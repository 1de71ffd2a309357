import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { soughtIn } from '~/data/exact';
import { filterWords } from '~/data/handover';
import { useSession } from '~/data/session';
import { answerableUserList, userFilter, type UserListState } from '~/data/user-list';
import { READ_PAGE } from '~/data/list-reader';
import type { UsersProgress } from '~/data/users-reader';
import { createdIn } from '~/data/user-rows';
import { clock } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { wordsOf } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { ErrorNote } from '~/ui/ErrorNote';
import { Notice } from '~/ui/Notice';
import { useListParams } from '~/ui/use-list-params';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import { missingWords } from './missing-words';
import { ReadProgress } from './ReadAllUsers';
import { rowFilterWords } from './row-filter-words';
import { UsersExport, type ExportFormat, type UsersFile } from './users-export';
import { USERS_LIST } from './users-list';

/** A file of all users that match the list’s filters. */
export function ExportUsers({ size }: { size: 'xs' | 'sm' }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size={size}
        leftSection={size === 'xs' ? null : <IconDownload size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >{t`Export…`}</Button>
      {open && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  );
}

type Step =
  | { at: 'choose' }
  | { at: 'reading'; progress: UsersProgress }
  | { at: 'failed'; error: unknown; progress: UsersProgress }
  | { at: 'done'; made: UsersFile; name: string };

function ExportDialog({ onClose }: { onClose(): void }) {
  useReturnedFocus();
  const { t } = useLingui();
  const session = useSession();
  const [given] = useListParams(USERS_LIST.params);
  // What the list shows while the dialog is open stays what is exported.
  const [state] = useState(() => answerableUserList(given, session.version));
  const isExact = soughtIn(state.name, session.serverName, 'users') !== null;
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [step, setStep] = useState<Step>({ at: 'choose' });
  const control = useControl(setStep);
  const close = () => {
    control.cancel();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Export users`}
      centered
      closeOnClickOutside={step.at !== 'reading'}
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="md">
        {isExact ? (
          <Text size="sm">{t`The search names one user exactly. Clear it, or search for a part of a name, to export a list.`}</Text>
        ) : (
          <>
            <What state={state} />
            {step.at === 'choose' && (
              <>
                <Radio.Group
                  label={t`Format`}
                  value={format}
                  onChange={(value) => setFormat(value === 'json' ? 'json' : 'csv')}
                >
                  <Stack gap={6} mt={4}>
                    <Radio value="csv" label={t`CSV, for spreadsheets`} />
                    <Radio value="json" label={t`JSON, with Synapse’s own fields`} />
                  </Stack>
                </Radio.Group>
                <Group justify="flex-end">
                  <Button variant="default" onClick={close}>{t`Cancel`}</Button>
                  <Button data-autofocus onClick={() => control.start(new UsersExport(session, state, format), format)}>
                    {t`Read and download`}
                  </Button>
                </Group>
              </>
            )}
            {step.at === 'reading' && (
              <ReadProgress progress={step.progress} isPart={createdIn(state) !== null} onCancel={close} />
            )}
            {step.at === 'failed' && (
              <ErrorNote title={t`Could not read all users`} error={step.error} onRetry={control.resume}>
                <Text size="sm">{t`No file was written. What was read is kept: trying again resumes where it stopped.`}</Text>
              </ErrorNote>
            )}
            {step.at === 'done' && <Done {...step} onClose={close} />}
          </>
        )}
      </Stack>
    </Modal>
  );
}

function What({ state }: { state: UserListState }) {
  const { t } = useLingui();
  const filter = wordsOf(filterWords(userFilter(state, useSession())));
  const more = rowFilterWords(state);
  const page = formatCount(READ_PAGE);
  return (
    <Stack gap={4}>
      <Text size="sm">{t`Exports every user that matches the list’s filters, from all pages: ${filter}.`}</Text>
      {more !== null && <Text size="sm">{t`And: ${more}.`}</Text>}
      <Text size="sm" c="dimmed">
        <Trans>
          Glia reads the list, one request per {page} users. The newest accounts come first. Each user is in the file as
          they were when their page was read.
        </Trans>
      </Text>
    </Stack>
  );
}

function Done({ made, name, onClose }: { made: UsersFile; name: string; onClose(): void }) {
  const { t } = useLingui();
  const { count, read } = made;
  const [from, to] = [clock(read.from), clock(read.to)];
  return (
    <>
      <Notice tone="good" role="status" title={plural(count, { one: '# user exported', other: '# users exported' })}>
        {from === to
          ? t`Saved to your downloads as ${name}, read at ${to}.`
          : t`Saved to your downloads as ${name}, read from ${from} to ${to}.`}
      </Notice>
      {read.missing > 0 && (
        <Notice tone="warning" title={t`The file may be incomplete`}>
          {missingWords(read.missing)}
        </Notice>
      )}
      {read.odd > 0 && (
        <Notice tone="warning">
          {plural(read.odd, {
            one: 'Glia could not read # user, who is not in the file.',
            other: 'Glia could not read # users, who are not in the file.',
          })}
        </Notice>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => download(made.file, name)}>{t`Download again`}</Button>
        <Button data-autofocus onClick={onClose}>{t`Close`}</Button>
      </Group>
    </>
  );
}

/** Runs the export, and stops it when the dialog goes away. */
function useControl(show: (step: Step) => void) {
  const run = useRef<{ work: UsersExport; format: ExportFormat; stop: AbortController } | null>(null);
  useEffect(() => () => run.current?.stop.abort(), []);
  const go = async (work: UsersExport, format: ExportFormat) => {
    const stop = new AbortController();
    run.current = { work, format, stop };
    const { signal } = stop;
    show({ at: 'reading', progress: work.progress() });
    try {
      const made = await work.run(signal, (progress) => {
        if (!signal.aborted) show({ at: 'reading', progress });
      });
      if (signal.aborted) return;
      const name = fileName('users', format);
      download(made.file, name);
      show({ at: 'done', made, name });
    } catch (error) {
      if (!signal.aborted) show({ at: 'failed', error, progress: work.progress() });
    }
  };
  return {
    start: (work: UsersExport, format: ExportFormat) => void go(work, format),
    resume: () => {
      if (run.current) void go(run.current.work, run.current.format);
    },
    cancel: () => run.current?.stop.abort(),
  };
}
