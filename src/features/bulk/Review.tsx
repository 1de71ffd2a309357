import { List, Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { canUndo, undoWords, type AnyAction } from '~/actions/action';
import type { ActionItem, Verdict } from '~/actions/plan';
import { asServer } from '~/job-store/action-jobs';
import { idOf, type ActionPlanned } from '~/job-store/action-plans';
import { ownerOf } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import type { Json } from '~/jobs/job';
import { Link } from 'react-router';
import { formatCount } from '~/lib/numbers';
import { paths } from '~/lib/paths';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Moment } from '~/ui/Moment';
import { isTypedNumber } from '~/ui/wizard/confirmation';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import { PlanTable, type PlanColumn } from '~/ui/wizard/PlanTable';
import { ScriptButton } from '~/ui/wizard/ScriptButton';
import { StepActions } from '~/ui/wizard/StepActions';

interface ReviewProps {
  action: AnyAction;
  planned: ActionPlanned;
  /** Verb, number and target: “Lock 12 users”. */
  sentence: string;
  /** Shown above the plan: choices that the plan itself offers. */
  children?: ReactNode;
  /** An undo: it puts back what was there, whatever the action does. */
  isUndo?: true;
  /** Drops the plan, and goes back to choosing. Missing: there is nothing to go back to. */
  onBack?(): void;
  onRun(items: readonly ActionItem[]): void;
}

const NOTHING = 'The plan has nothing to do.';

interface Row extends PlanRow {
  before: string;
  after: string;
}

/** Plan and confirmation on one page: what happens, to what exactly, what can't be undone. */
export function Review({ action, planned, sentence, children, isUndo, onBack, onRun }: ReviewProps) {
  const session = useSession();
  const [typed, setTyped] = useState('');
  const [began, setBegan] = useState(false);
  const { verdicts, items, input, notes, at } = planned;
  const rows = useMemo(() => verdicts.map((one) => rowOf(action, one)), [action, verdicts]);
  const needsTyping = !isUndo && (action.danger === true || !canUndo(action));
  const number = formatCount(items.length);
  const where = { server: asServer(session), isMyself: items.some(({ id }) => id === session.userId) };
  const reason =
    items.length === 0
      ? NOTHING
      : needsTyping && !isTypedNumber(typed, items.length)
        ? `Type ${number} to confirm first.`
        : null;
  return (
    <Stack gap="md">
      <Text fw={700} size="lg">
        {isUndo ? `${sentence}.` : `${sentence}. ${undoWords(action)}`}
      </Text>
      {!isUndo && (
        <List size="sm" spacing={4}>
          {action.consequences(input, true, where).map((one) => (
            <List.Item key={one}>{one}</List.Item>
          ))}
          <List.Item>
            Just before each change Glia looks again: what has changed since the plan is skipped and listed.
          </List.Item>
        </List>
      )}
      <Text size="sm" c="dimmed">
        Looked at <Moment ms={at} />. Nothing was changed by looking.
      </Text>
      {notes.map((note) => (
        <Text key={note} size="sm">
          <bdi>{note}</bdi>
        </Text>
      ))}
      {children}
      <PlanTable
        label="What would happen to each"
        rows={rows}
        columns={COLUMNS}
        verdicts={{ will: 'will change', nothing: 'nothing to do', cannot: 'can’t be changed' }}
        fileStem={`${action.kind}-plan`}
        empty={<EmptyNote title="Nobody">The plan has no row.</EmptyNote>}
      >
        <ScriptButton
          fileStem={action.kind}
          disabled={items.length === 0 ? NOTHING : (action.script?.never ?? null)}
          demo={session.demo}
          write={async (language) => {
            const plan = {
              items,
              input,
              title: sentence,
              owner: ownerOf(session),
              server: asServer(session),
              isUndo: isUndo === true,
            };
            return (await import('~/actions/script')).actionScript(action, plan, language);
          }}
        />
      </PlanTable>
      {needsTyping && items.length > 0 && (
        <TextInput
          label={`Type ${number} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="off"
          maw={360}
        />
      )}
      <StepActions
        next={{
          label: sentence,
          disabled: reason,
          danger: needsTyping,
          loading: began,
          onClick: () => {
            setBegan(true);
            onRun(items);
          },
        }}
        {...(onBack && { back: { label: 'Back to choosing', onClick: onBack } })}
      />
    </Stack>
  );
}

function rowOf(action: AnyAction, one: Verdict): Row {
  const words = (state: Json | null) => (state === null ? '' : action.words(state));
  return one.verdict === 'will'
    ? {
        id: one.item.id,
        verdict: 'will',
        reason: one.reason,
        before: action.words(one.item.planned),
        after: action.words(one.item.goal),
      }
    : { id: idOf(one), verdict: one.verdict, reason: one.reason, before: words(one.now), after: '' };
}

const COLUMNS: readonly PlanColumn<Row>[] = [
  {
    id: 'id',
    header: 'User',
    width: 'minmax(14rem, 2fr)',
    text: ({ id }) => id,
    cell: ({ id }) => (
      <Link to={paths.user(id)}>
        <Id value={id} plain />
      </Link>
    ),
  },
  { id: 'before', header: 'Now', width: 'minmax(8rem, 1fr)', text: ({ before }) => before },
  { id: 'after', header: 'Then', width: 'minmax(8rem, 1fr)', text: ({ after }) => after },
];
