import { Button, Group, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { canUndo, undoWords, type AnyAction } from '~/actions/action';
import { verdictOf, verdictOfError, type Verdict } from '~/actions/plan';
import { stateOf } from '~/actions/reading';
import { lookQuery } from '~/job-store/action-jobs';
import { useSession } from '~/data/session';
import type { Json } from '~/jobs/job';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { Id } from '~/ui/Id';
import { Notice } from '~/ui/Notice';
import { ActionForm, type Values } from './ActionForm';
import classes from './ActionDialog.module.css';
import { CopyCurl } from './CopyCurl';
import { runOne, type OneResult } from './run-one';

interface ActionDialogProps {
  action: AnyAction;
  /** Of the one item. */
  id: string;
  onClose(): void;
}

/** Before one item is changed: how it is, how it will be, what else happens. Then a job with that one item. */
export function ActionDialog({ action, id, onClose }: ActionDialogProps) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={wordsOf(action.label)}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Look action={action} id={id} onClose={onClose} />
    </Modal>
  );
}

function Look({ action, id, onClose }: ActionDialogProps) {
  const session = useSession();
  const look = useQuery(lookQuery(action, id, session));
  const [values, setValues] = useState<Values>(action.form?.initial ?? {});
  if (look.isPending) return <Skeleton h={120} aria-busy aria-label="Looking at it" />;
  const entered = action.form ? action.form.read(values) : { input: null };
  const input: Json = 'input' in entered ? entered.input : null;
  const verdict: Verdict = look.isError
    ? verdictOfError(id, look.error)
    : 'problems' in entered
      ? { verdict: 'cannot', id, now: stateOf(action, look.data), reason: '' }
      : verdictOf(action, id, look.data, input, session.userId);
  return (
    <Stack gap="md">
      <Id value={id} />
      {action.form && (
        <ActionForm
          fields={action.form.fields}
          values={values}
          problems={'problems' in entered ? entered.problems : {}}
          onChange={setValues}
        />
      )}
      <Decision action={action} verdict={verdict} input={input} onClose={onClose} />
    </Stack>
  );
}

interface DecisionProps {
  action: AnyAction;
  verdict: Verdict;
  input: Json;
  onClose(): void;
}

function Decision({ action, verdict, input, onClose }: DecisionProps) {
  const session = useSession();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<OneResult | null>(null);
  if (verdict.verdict !== 'will') {
    return (
      <>
        {verdict.reason !== '' && (
          <Notice
            tone={verdict.verdict === 'nothing' ? 'plain' : 'warning'}
            title={verdict.verdict === 'nothing' ? 'Nothing to do' : 'This can’t be done'}
          >
            {wordsOf(verdict.reason)}
          </Notice>
        )}
        <Foot onClose={onClose} />
      </>
    );
  }
  const { item } = verdict;
  const needsTyping = action.danger === true || !canUndo(action);
  const run = async () => {
    setBusy(true);
    const next = await runOne(action, { item, input }, session);
    if (next.isDone) onClose();
    else setResult(next);
    setBusy(false);
  };
  if (result) {
    return (
      <>
        <Notice role="alert" tone="warning" title="Not done">
          {wordsOf(result.reason)}
        </Notice>
        <Foot onClose={onClose}>
          <Button component={Link} to={paths.job(result.job.id)} onClick={onClose}>
            Open job
          </Button>
        </Foot>
      </>
    );
  }
  return (
    <>
      <Text size="sm" component="p" className={classes.change}>
        Now <b>{wordsOf(action.words(item.planned))}</b>, then <b>{wordsOf(action.words(item.goal))}</b>.
      </Text>
      <List size="sm" spacing={4}>
        {[...action.consequences(input, false), undoWords(action)].map(wordsOf).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {needsTyping && (
        <TextInput
          label={`Type ${item.id} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      <Foot onClose={onClose} left={<CopyCurl action={action} item={item} />}>
        <Button
          {...(needsTyping && { color: 'red.9' })}
          disabled={needsTyping && typed.trim() !== item.id}
          loading={busy}
          onClick={() => void run()}
          data-autofocus={needsTyping ? undefined : true}
        >
          {wordsOf(action.label)}
        </Button>
      </Foot>
    </>
  );
}

interface FootProps {
  onClose(): void;
  left?: React.ReactNode;
  children?: React.ReactNode;
}

function Foot({ onClose, left, children }: FootProps) {
  return (
    <Group justify="space-between" gap="xs">
      {left}
      <Group gap="xs" ml="auto">
        <Button variant="default" onClick={onClose}>
          {children ? 'Cancel' : 'Close'}
        </Button>
        {children}
      </Group>
    </Group>
  );
}
