import { t } from '@lingui/core/macro';
import { Anchor, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { needsTyping, undoWords } from '~/actions/action';
import { actOnReport, type ReportStep } from '~/actions/playbook/report';
import { verdictOf } from '~/actions/plan';
import type { Report } from '~/data/report-list';
import { useSession } from '~/data/session';
import { idsOf } from '~/entities/action/ids-of';
import { endOfOne, HEADS, showResult, type OneResult } from '~/entities/action/run-one';
import { actionHere, asServer, lookQuery } from '~/job-store/action-jobs';
import { startPlaybook } from '~/job-store/playbook-jobs';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { ActsAs } from '~/ui/ActsAs';
import { Id } from '~/ui/Id';
import { Notice } from '~/ui/Notice';
import type { Offer } from './offers';
import { choosableSteps, targetOf, type Choosable } from './several';

interface SeveralDialogProps {
  report: Report;
  offers: readonly Offer[];
  files: readonly string[];
  onClose(): void;
  /** The report was dismissed. */
  onEnd(): void;
}

/** Several changes as one plan: what each changes, exactly; then one job that does them in order. */
export function SeveralDialog({ report, offers, files, onClose, onEnd }: SeveralDialogProps) {
  const session = useSession();
  const [chosen, choose] = useState<readonly ReportStep[]>([]);
  const [reason, setReason] = useState('');
  const [typed, type] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [result, setResult] = useState<OneResult | null>(null);
  const choosable = choosableSteps(report, offers);
  const number = String(report.id);
  const mustType = choosable.some(({ key, action }) => chosen.includes(key) && needsTyping(action));
  const isPublic = chosen.includes('redact-event') || chosen.includes('ban');
  const run = async () => {
    setRunning(true);
    const input = { steps: chosen, of: report.kind, reason: reason.trim() } as const;
    const job = startPlaybook(actOnReport, { targets: [targetOf(report, files)], input }, session, 1);
    const ended = await endOfOne(job);
    setRunning(false);
    if (ended.status !== 'done') return setResult(ended);
    showResult(ended);
    onClose();
    if (chosen.includes('dismiss')) onEnd();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`Several at once`}
      size="lg"
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="md">
        {result ? (
          <>
            <Notice tone="warning" role="status" title={wordsOf(HEADS[result.status])}>
              {wordsOf(result.reason)}
            </Notice>
            <Text size="sm">{t`The steps after the one that failed were not carried out. Retry the job to resume there.`}</Text>
            <Group justify="space-between">
              <Anchor component={Link} to={paths.job(result.job.id)} size="sm">{t`Open job`}</Anchor>
              <Button variant="default" onClick={onClose}>{t`Close`}</Button>
            </Group>
          </>
        ) : (
          <>
            <ActsAs />
            <Text size="sm">
              {t`Glia does these in this order, and looks at each thing again just before. If one fails, the ones after it are not done.`}
            </Text>
            <Stack gap="sm">
              {choosable.map((step) => (
                <StepChoice
                  key={step.key}
                  step={step}
                  isChosen={chosen.includes(step.key)}
                  onToggle={(on) => choose(on ? [...chosen, step.key] : chosen.filter((key) => key !== step.key))}
                />
              ))}
            </Stack>
            {isPublic && (
              <TextInput
                label={t`Reason`}
                description={t`Shown to everyone in the room. Optional.`}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
            {mustType && (
              <TextInput
                label={t`Type ${number} to confirm`}
                value={typed}
                onChange={(event) => type(event.currentTarget.value)}
                autoComplete="off"
              />
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
              <Button
                {...(mustType && { color: 'red.9' })}
                disabled={chosen.length === 0 || (mustType && typed.trim() !== number)}
                loading={isRunning}
                onClick={() => void run()}
              >
                {t`Do this`}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Modal>
  );
}

interface StepChoiceProps {
  step: Choosable;
  isChosen: boolean;
  onToggle(isOn: boolean): void;
}

function StepChoice({ step: { label, action: given, offers }, isChosen, onToggle }: StepChoiceProps) {
  const session = useSession();
  const action = actionHere(given, session);
  const [first] = offers;
  const guarded = first?.reason ?? action.guard?.(asServer(session)) ?? null;
  const look = useQuery({
    ...lookQuery(action, first?.id ?? '', session),
    staleTime: 30_000,
    enabled: guarded === null && first !== undefined,
  });
  const entered = action.form?.read(action.form.initial);
  const input = entered && 'input' in entered ? entered.input : null;
  const verdict =
    first && look.data !== undefined ? verdictOf(action, first.id, look.data, input, session.userId) : null;
  // Of several files, one that is so already is left out by the plan.
  const isSo = offers.length === 1 && verdict !== null && verdict.verdict !== 'will';
  const reason = guarded ?? (isSo ? verdict.reason : null);
  return (
    <Checkbox
      label={wordsOf(label)}
      description={
        reason === null ? (
          <>
            {offers.flatMap(({ id }) => idsOf(action, id).map((one) => <Id key={one} value={one} plain wrap />))}
            <div>{wordsOf(undoWords(action))}</div>
          </>
        ) : (
          wordsOf(reason)
        )
      }
      disabled={reason !== null}
      checked={isChosen && reason === null}
      onChange={(event) => onToggle(event.currentTarget.checked)}
    />
  );
}
