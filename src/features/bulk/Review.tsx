import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useMemo, type ReactNode } from 'react';
import { needsTyping, undoWords, type AnyAction } from '~/actions/action';
import { whyNoScript } from '~/actions/no-script';
import { countOf } from '~/actions/titles';
import type { ActionItem, Verdict } from '~/actions/plan';
import { ofEntity, type OfEntity } from '~/entities/action/of-entity';
import { useSession } from '~/data/session';
import { asServer } from '~/job-store/action-jobs';
import { idOf, type ActionPlanned } from '~/job-store/action-plans';
import { ownerOf } from '~/job-store/jobs';
import type { Json } from '~/jobs/job';
import { EmptyNote } from '~/ui/EmptyNote';
import { useLeftIn } from '~/ui/wizard/left-out';
import type { PlanRow } from '~/ui/wizard/plan-rows';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review as ReviewPage } from '~/ui/wizard/Review';
import { wordsOf } from '~/lib/words';

interface ReviewProps {
  action: AnyAction;
  planned: ActionPlanned;
  /** Verb, number and target of so many: “Lock 12 users”. */
  sentence(count: number): string;
  /** Shown above the plan: choices that the plan itself offers. */
  children?: ReactNode;
  /** An undo: it puts back what was there, whatever the action does. */
  isUndo?: true;
  /** Where it was chosen. Missing: there is nothing to go back to. */
  backTo?: string;
  /** @param count the number that was confirmed */
  onRun(items: readonly ActionItem[], count: number): void;
}

interface Row extends PlanRow {
  before: string;
  after: string;
  /** What runs, where something does. */
  item: ActionItem | null;
}

const VERDICTS = { will: msg`will change`, nothing: msg`nothing to do`, cannot: msg`can’t be changed` };

/** The plan of an action for many, and its last click. */
export function Review({ action, planned, sentence, children, isUndo, backTo, onRun }: ReviewProps) {
  const { t } = useLingui();
  const session = useSession();
  const { verdicts, input, notes, at } = planned;
  const rows = useMemo(() => verdicts.map((one) => rowOf(action, one)), [action, verdicts]);
  const left = useLeftIn(planned, rows);
  const items = () => left.runs().flatMap(({ item }) => item ?? []);
  const title = sentence(left.count);
  const things = ofEntity(action);
  const looksAgain = wordsOf(things.looksAgain);
  const noScript = whyNoScript(action, isUndo === true);
  const where = { server: asServer(session), isMyself: items().some(({ id }) => id === session.userId) };
  return (
    <ReviewPage
      sentence={t`${title}.`}
      nothing={isUndo ? t`There is nothing to undo.` : t`There is nothing to do.`}
      undo={isUndo ? null : wordsOf(undoWords(action))}
      touches={isUndo ? [looksAgain] : [...action.consequences(input, true, where).map(wordsOf), looksAgain]}
      warnings={notes.map((note) => ({ title: <bdi>{wordsOf(note)}</bdi>, tone: 'plain' }))}
      madeAt={at}
      left={left}
      table={{
        label: t`What would happen to each item`,
        columns: columnsOf(things),
        verdicts: VERDICTS,
        fileStem: `${action.kind}-plan`,
        empty: <EmptyNote title={t`The plan is empty`} />,
      }}
      script={{
        fileStem: action.kind,
        disabled: noScript && wordsOf(noScript),
        demo: session.demo,
        write: async (language) => {
          const plan = {
            items: items(),
            input,
            title,
            owner: ownerOf(session),
            server: asServer(session),
            isUndo: isUndo === true,
          };
          return (await import('~/actions/script')).actionScript(action, plan, language);
        },
      }}
      {...(backTo !== undefined && { back: { label: t`Back to choosing`, to: backTo } })}
      act={title}
      counted={wordsOf(countOf(action, left.count))}
      typed={!isUndo && needsTyping(action)}
      onRun={(count) => onRun(items(), count)}
    >
      {children}
    </ReviewPage>
  );
}

function rowOf(action: AnyAction, one: Verdict): Row {
  const words = (state: Json | null) => (state === null ? '' : wordsOf(action.words(state)));
  return one.verdict === 'will'
    ? {
        id: one.item.id,
        verdict: 'will',
        reason: one.reason,
        before: words(one.item.planned),
        after: words(one.item.goal),
        item: one.item,
      }
    : { id: idOf(one), verdict: one.verdict, reason: one.reason, before: words(one.now), after: '', item: null };
}

const STATES: readonly PlanColumn<Row>[] = [
  { id: 'before', header: msg`Now`, width: 'minmax(8rem, 1fr)', text: ({ before }) => before },
  { id: 'after', header: msg`Then`, width: 'minmax(8rem, 1fr)', text: ({ after }) => after },
];

const ID = { id: 'id', width: 'minmax(14rem, 2fr)', text: ({ id }: Row) => id };

const columnsOf = ({ header, cell }: OfEntity): readonly PlanColumn<Row>[] => [
  { ...ID, header, cell: ({ id }) => cell(id) },
  ...STATES,
];
