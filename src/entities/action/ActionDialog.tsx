import { useLingui } from '@lingui/react/macro';
import { Group, Modal, Skeleton, Stack } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { AnyAction } from '~/actions/action';
import type { Entered } from '~/actions/form';
import { verdictOf, verdictOfError, type ActionItem, type Verdict } from '~/actions/plan';
import { stateOf } from '~/actions/reading';
import { needsMoreLooks } from '~/actions/more-looks';
import { idsOf } from './ids-of';
import { actionHere, asServer, lookQuery, verdictQuery } from '~/job-store/action-jobs';
import { forgetSecrets, heldOf } from '~/job-store/secrets';
import { useSession } from '~/data/session';
import type { Job, Json } from '~/jobs/job';
import { RoomInSight } from '~/entities/room/RoomInSight';
import { ActsAs } from '~/ui/ActsAs';
import { Id } from '~/ui/Id';
import { useReturnedFocus } from '~/ui/use-returned-focus';
import { ActionForm } from './ActionForm';
import { ActionDecision, type ActionDecisionProps } from './ActionDecision';
import { ActionResult } from './ActionResult';
import { beginOne, showResult, type OneResult } from './run-one';
import { sameJson } from '~/lib/same-json';
import { textOfError } from '~/lib/text-error';
import { wordsOf } from '~/lib/words';

interface ActionDialogProps {
  action: AnyAction;
  /** Of the one item. */
  id: string;
  /** What its form begins with, where a page knows more than the action. */
  values?: Entered;
  /** What is entered, where a page knows it and the action has no form. */
  input?: Json;
  /** What can be done before it, on the page’s part: save what is about to be lost. */
  before?: ReactNode;
  /** It was done. Called before it closes. */
  onDone?(): void;
  onClose(): void;
}

/** Before one item is changed: how it is, how it will be, what else happens. Then a job with that one item. */
export function ActionDialog({ action: given, id, values, input = null, before, onDone, onClose }: ActionDialogProps) {
  useReturnedFocus();
  const session = useSession();
  const asked = actionHere(given, session);
  const [action, setAction] = useState(asked);
  const { t } = useLingui();
  const [job, setJob] = useState<Job | null>(null);
  const [result, setResult] = useState<OneResult | null>(null);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const run = async (item: ActionItem, input: Json, typed: string | undefined) => {
    const begun = beginOne(action, { item, input, typed }, session);
    setJob(begun.job);
    const ended = await begun.ended;
    if (!isShown.current) return showResult(ended);
    if (ended.status === 'done') {
      showResult(ended);
      onDone?.();
      if (!keepsSecret(action)) return onClose();
    }
    setResult(ended);
  };
  const close = () => {
    if (result && keepsSecret(action)) {
      const { job: ended } = result;
      // Those that were shown. What was typed for a job that can be resumed is still to be set.
      forgetSecrets(
        ended.id,
        [...heldOf(ended)].map((held) => held.id),
      );
    }
    onClose();
  };
  // A secret is shown once: nothing but its own button takes it away.
  const mustStay = keepsSecret(action) && job !== null;
  return (
    <Modal
      opened
      onClose={close}
      title={wordsOf(action.label)}
      size={(action.form?.fields.length ?? 0) > 3 ? 'lg' : 'md'}
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
      {...(mustStay && { closeOnEscape: false, closeOnClickOutside: false, withCloseButton: false })}
    >
      {result ? (
        <ActionResult action={action} id={id} result={result} onClose={close} />
      ) : (
        <Look
          key={action.kind}
          action={action}
          before={before}
          id={id}
          begin={action === asked ? values : undefined}
          given={action === asked ? input : null}
          job={job}
          onRun={(...one) => void run(...one)}
          onClose={close}
          onInstead={setAction}
        />
      )}
    </Modal>
  );
}

/** Something is shown once, and lost where the dialog closes by itself. */
const keepsSecret = ({ secret, hands }: AnyAction): boolean => secret !== undefined || hands !== undefined;

/** What the fields begin with. */
const firstValues = ({ form }: AnyAction, seen: unknown): Entered => ({
  ...form?.initial,
  ...(seen !== undefined && form?.from?.(seen)),
});

interface LookProps {
  action: AnyAction;
  id: string;
  begin: Entered | undefined;
  given: Json;
  before: ReactNode;
  /** The job, once it runs. */
  job: Job | null;
  onRun(item: ActionItem, input: Json, typed: string | undefined): void;
  onClose(): void;
  onInstead(action: AnyAction): void;
}

function Look({ action, id, begin, given, before, job, onRun, onClose, onInstead }: LookProps) {
  const { t } = useLingui();
  const session = useSession();
  const guarded = action.guard?.(asServer(session)) ?? null;
  const look = useQuery({
    ...lookQuery(action, id, session),
    // What is being read must not change under the reader; the run looks again anyway.
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    enabled: job === null && guarded === null,
  });
  const [changed, setValues] = useState<Entered | null>(null);
  const shared = { action, seen: look.data, job, onRun, onClose, onInstead };
  if (guarded !== null && job === null)
    return <ActionDecision {...shared} input={given} verdict={{ verdict: 'cannot', id, now: null, reason: guarded }} />;
  // What the menu found may be minutes old.
  if (!look.isFetchedAfterMount) return <Skeleton h={120} aria-busy role="status" aria-label={t`Loading`} />;
  const values = changed ?? { ...firstValues(action, look.data), ...begin };
  const entered = action.form ? action.form.read(values) : { input: given };
  const input: Json = 'input' in entered ? entered.input : null;
  const found: Verdict = look.isError
    ? verdictOfError(id, look.error, action.gone)
    : 'problems' in entered
      ? { verdict: 'cannot', id, now: stateOf(action, look.data), reason: '' }
      : verdictOf(action, id, look.data, input, session.userId);
  return (
    <Stack gap="md">
      <ActsAs />
      {action.entity === 'room' ? (
        <RoomInSight roomId={id} />
      ) : (
        <Group gap="xs">
          {idsOf(action, id).map((one) => (
            <Id key={one} value={one} />
          ))}
        </Group>
      )}
      {before && <Group>{before}</Group>}
      {action.form && (
        <ActionForm
          fields={(look.data !== undefined && action.form.fieldsFor?.(look.data)) || action.form.fields}
          values={values}
          problems={'problems' in entered ? entered.problems : {}}
          onChange={setValues}
        />
      )}
      {needsMoreLooks(action) && found.verdict === 'will' ? (
        <Decided {...shared} input={input} found={found} />
      ) : (
        <ActionDecision {...shared} input={input} verdict={found} />
      )}
    </Stack>
  );
}

interface DecidedProps extends Omit<ActionDecisionProps, 'verdict'> {
  found: Verdict;
}

/** What further looks make of it: they are made again whenever something else is entered. */
function Decided({ found, ...props }: DecidedProps) {
  const { t } = useLingui();
  const { action, seen, input, job } = props;
  const session = useSession();
  // A field that is typed into asks only once it rests.
  const [resting] = useDebouncedValue(input, 400);
  const isResting = sameJson(resting, input);
  const query = useQuery({
    ...verdictQuery(action, { found, seen, input: resting }, session),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    enabled: job === null,
  });
  if (query.isError) {
    const id = found.verdict === 'will' ? found.item.id : found.id;
    const reason = textOfError(query.error);
    return <ActionDecision {...props} verdict={{ verdict: 'cannot', id, now: null, reason }} />;
  }
  if (!query.isFetchedAfterMount || !query.data || !isResting)
    return <Skeleton h={120} aria-busy role="status" aria-label={t`Loading`} />;
  return <ActionDecision {...props} verdict={query.data} />;
}
