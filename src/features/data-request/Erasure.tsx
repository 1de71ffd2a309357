import { Trans, useLingui } from '@lingui/react/macro';
import { Anchor, Button, Group, Skeleton, Text, Title } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { AnyAction } from '~/actions/action';
import type { Entered } from '~/actions/form';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { asServer } from '~/job-store/action-jobs';
import { useJobs, useKeptFacts } from '~/job-store/jobs';
import { safeStem } from '~/lib/file-names';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { download, fileName } from '~/ui/download';
import { ErrorNote } from '~/ui/ErrorNote';
import { countWords } from '~/ui/job/words';
import { Moment } from '~/ui/Moment';
import { NotYetButton } from '~/ui/NotYetButton';
import { Notice } from '~/ui/Notice';
import { StateTag } from '~/ui/StateTag';
import classes from './data-request.module.css';
import { DeleteFiles } from './DeleteFiles';
import { EraseAtOnce } from './EraseAtOnce';
import { proofsQuery, type Proof, type ProvedStep } from './proofs';
import { receiptOf, stateWord } from './receipt';
import { REMAINS, REMAINS_BEHIND_MAS, REMAINS_IN_MAS } from './steps';

interface Chosen {
  readonly action: AnyAction;
  readonly values?: Entered;
}

/** The steps of an erasure with what this browser recorded of each, what remains, and a receipt. */
export function Erasure({ userId }: { userId: string }) {
  const { t } = useLingui();
  const session = useSession();
  const jobs = useJobs();
  const { isRead } = useKeptFacts();
  const [chosen, choose] = useState<Chosen | null>(null);
  const proved = useQuery({ ...proofsQuery(userId, jobs), enabled: isRead, placeholderData: keepPreviousData });
  const steps = proved.data;
  const inMas = session.homeserver.mas ? REMAINS_IN_MAS : REMAINS_BEHIND_MAS;
  const remains = session.mas ? [inMas, ...REMAINS] : REMAINS;
  const save = () => {
    if (!steps) return;
    const { homeserver, userId: by } = session;
    const text = receiptOf({ userId, baseUrl: homeserver.baseUrl, by, steps, remains });
    download(new Blob([text], { type: 'text/markdown;charset=utf-8' }), fileName(`erasure-${safeStem(userId)}`, 'md'));
  };
  return (
    <>
      <Notice tone="warning" title={t`An erasure can’t be undone`}>
        {t`Take the steps one by one in this order, or all as one job: a later one takes away what an earlier one needs. Before anything changes, you see what it does and are asked. If a copy of the data was asked for, save it first.`}
      </Notice>
      <Group justify="space-between" gap="sm" mt="md" mb="sm">
        <Title order={2} size="h4">
          <Trans>Steps</Trans>
        </Title>
        <EraseAtOnce userId={userId} />
      </Group>
      {proved.error && (
        <ErrorNote title={t`Could not read what was done`} error={proved.error} onRetry={() => void proved.refetch()} />
      )}
      {!steps && !proved.error && <Skeleton h={320} aria-busy role="status" aria-label={t`Loading`} />}
      {steps && (
        <ol className={classes.steps}>
          {steps.map((one, index) => (
            <li key={one.step.id} className={classes.step}>
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              <div>
                <Group gap="xs">
                  <h3 className={classes.name}>{wordsOf(one.step.title)}</h3>
                  <StateTag dot={DOTS[one.state]}>{stateWord(one.state)}</StateTag>
                </Group>
                <p className={classes.about}>{wordsOf(one.step.about)}</p>
                <Proofs proofs={one.proofs} />
              </div>
              <div className={classes.buttons}>
                <StepButtons one={one} userId={userId} onChoose={choose} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <Title order={2} size="h4" mt="lg" mb="sm">
        <Trans>What remains, and why</Trans>
      </Title>
      <section className={classes.card}>
        <ul className={classes.remains}>
          {remains.map((words) => (
            <li key={wordsOf(words)}>{wordsOf(words)}</li>
          ))}
        </ul>
      </section>
      <Group mt="md" gap="sm">
        <Button leftSection={<IconFileText size={18} aria-hidden />} disabled={!steps} onClick={save}>
          <Trans>Save the receipt</Trans>
        </Button>
        <Text size="sm" c="dimmed">
          <Trans>A Markdown file, made only of what this browser recorded.</Trans>
        </Text>
      </Group>
      {chosen && <ActionDialog {...chosen} id={userId} onClose={() => choose(null)} />}
    </>
  );
}

interface StepButtonsProps {
  one: ProvedStep;
  userId: string;
  onChoose(chosen: Chosen): void;
}

function StepButtons({ one: { step }, userId, onChoose }: StepButtonsProps) {
  const session = useSession();
  if (step.by === 'files') return <DeleteFiles userId={userId} />;
  return step.by.map((way) => {
    const { action } = way;
    const reason = action.guard?.(asServer(session)) ?? null;
    const label = `${wordsOf(action.label)}…`;
    return reason === null ? (
      <Button key={action.kind} size="xs" variant="default" onClick={() => onChoose(way)}>
        {label}
      </Button>
    ) : (
      <NotYetButton key={action.kind} size="xs" variant="default" reason={wordsOf(reason)}>
        {label}
      </NotYetButton>
    );
  });
}

function Proofs({ proofs }: { proofs: readonly Proof[] }) {
  const { t } = useLingui();
  if (proofs.length === 0) return null;
  return (
    <ul className={classes.proofs}>
      {proofs.map(({ job, counts, reasons, endedAt }) => (
        <li key={job.id}>
          <Moment ms={endedAt ?? job.startedAt} none={t`not yet`} />
          {': '}
          {job.state.phase === 'lost' ? (
            <bdi>{wordsOf(job.title)}</bdi>
          ) : (
            <Anchor component={Link} to={paths.job(job.id)} size="sm">
              <bdi>{wordsOf(job.title)}</bdi>
            </Anchor>
          )}
          {' · '}
          {[countWords({ ...job, counts }), ...reasons.map(wordsOf)].join(' · ')}
        </li>
      ))}
    </ul>
  );
}

const DOTS: Readonly<Record<ProvedStep['state'], string>> = {
  none: 'var(--mantine-color-gray-5)',
  done: 'var(--mantine-color-teal-6)',
  skipped: 'var(--mantine-color-gray-5)',
  partly: 'var(--mantine-color-orange-5)',
  some: 'var(--mantine-color-yellow-5)',
  'taken-back': 'var(--mantine-color-orange-5)',
  underway: 'var(--mantine-color-cyan-5)',
};
