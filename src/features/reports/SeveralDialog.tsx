import { t } from '@lingui/core/macro';
import { Anchor, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { needsTyping, undoWords } from '~/actions/action';
import { actOnReport, type ReportStep } from '~/actions/playbook/report';
import type { Report } from '~/data/report-list';
import { useSession } from '~/data/session';
import { idsOf } from '~/entities/action/ids-of';
import { endOfOne, HEADS, showResult, type OneResult } from '~/entities/action/run-one';
import { actionHere } from '~/job-store/action-jobs';
import { startPlaybook } from '~/job-store/playbook-jobs';
import { paths } from '~/lib/paths';
import type { Text as TextValue } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { ActsAs } from '~/ui/ActsAs';
import { Id } from '~/ui/Id';
import { Notice } from '~/ui/Notice';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import { ExportOne } from './ExportReports';
import type { Offer } from './offers';
import { choosableSteps, targetOf, type Choosable } from './several';
import { useReasons } from './use-reasons';

/** Their reason can be read in the room. */
const PUBLIC: readonly ReportStep[] = ['redact-event', 'redact-all', 'ban'];

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
  useReturnedFocus();
  const session = useSession();
  const [ticked, tick] = useState<readonly ReportStep[]>([]);
  const [reason, setReason] = useState('');
  const [typed, type] = useState('');
  const [isRunning, setRunning] = useState(false);
  const [result, setResult] = useState<OneResult | null>(null);
  const choosable = choosableSteps(report, offers);
  const reasons = useReasons(choosable, session);
  // What is found to be impossible after it was ticked is no part of it any more.
  const chosen = ticked.filter((key) => (reasons[key] ?? null) === null);
  const number = String(report.id);
  const mustType = choosable.some(({ key, action }) => chosen.includes(key) && needsTyping(action));
  const isPublic = PUBLIC.some((key) => chosen.includes(key));
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
            {result.status === 'failed' && (
              <Text size="sm">{t`The steps after the one that failed were not carried out. Retry the job to resume there.`}</Text>
            )}
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
                  reason={reasons[step.key] ?? null}
                  isChosen={chosen.includes(step.key)}
                  onToggle={(on) => tick(on ? [...ticked, step.key] : ticked.filter((key) => key !== step.key))}
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
              {chosen.includes('dismiss') && <ExportOne report={report} />}
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
  /** Why it can’t be chosen. */
  reason: TextValue | null;
  isChosen: boolean;
  onToggle(isOn: boolean): void;
}

function StepChoice({ step: { label, action: given, offers }, reason, isChosen, onToggle }: StepChoiceProps) {
  const session = useSession();
  const action = actionHere(given, session);
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
      checked={isChosen}
      onChange={(event) => onToggle(event.currentTarget.checked)}
    />
  );
}
