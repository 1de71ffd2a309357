import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, List, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { needsTyping, undoWords, type AnyAction } from '~/actions/action';
import { phraseOfOne } from '~/actions/titles';
import type { ActionItem, Verdict } from '~/actions/plan';
import { asServer } from '~/job-store/action-jobs';
import { useSession } from '~/data/session';
import type { Job, Json } from '~/jobs/job';
import { isolated } from '~/lib/shown-text';
import { wordsOf } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { useSnapshot } from '~/ui/job/use-snapshot';
import classes from './ActionDialog.module.css';
import { CopyCurl } from './CopyCurl';
import { Foot } from './Foot';
import { idsOf } from './ids-of';
import { Instead } from './Instead';
import { SecretField, useTypedSecret } from './SecretField';
import { ShowRequest } from './ShowRequest';
import { Weighed } from './Weighed';
import { verbatim } from '~/ui/verbatim';

export interface ActionDecisionProps {
  action: AnyAction;
  verdict: Verdict;
  /** How it is now. */
  seen: unknown;
  input: Json;
  /** The job, once it runs. */
  job: Job | null;
  onRun(item: ActionItem, input: Json, typed: string | undefined): void;
  onClose(): void;
  /** The admin takes the change that can be undone. */
  onInstead(action: AnyAction): void;
}

/** What would happen to one item, and the button that does it; or why it can’t be done. */
export function ActionDecision({ action, verdict, seen, input, job, onRun, onClose, onInstead }: ActionDecisionProps) {
  const { t } = useLingui();
  const session = useSession();
  const [confirmed, setConfirmed] = useState('');
  const secret = useTypedSecret(action);
  if (verdict.verdict !== 'will') {
    return (
      <>
        {verdict.reason !== '' && (
          <Notice
            tone={verdict.verdict === 'nothing' ? 'plain' : 'warning'}
            title={verdict.verdict === 'nothing' ? t`Nothing to do` : t`This can’t be done`}
          >
            {wordsOf(verdict.reason)}
          </Notice>
        )}
        <Foot onClose={onClose} />
      </>
    );
  }
  const { item } = verdict;
  const [name] = idsOf(action, item.id);
  const mustType = needsTyping(action);
  const shownName = isolated(name);
  const phrase = verbatim(wordsOf(phraseOfOne(action, item.id, input)));
  const undo = verbatim(wordsOf(undoWords(action)));
  const before = verbatim(wordsOf(action.words(item.planned)));
  const after = verbatim(wordsOf(action.words(item.goal)));
  const where = { server: asServer(session), isMyself: item.id === session.userId };
  const sentences = [...action.consequences(input, false, where), verdict.reason].map(wordsOf).filter(Boolean);
  return (
    <>
      {job === null && <Instead action={action} one={{ id: item.id, seen }} onChoose={onInstead} />}
      <Text fw={600} component="p" style={{ overflowWrap: 'anywhere' }}>
        <Trans>
          {phrase}. {undo}
        </Trans>
      </Text>
      {action.secret && <SecretField {...secret} />}
      <Text size="sm" component="p" className={classes.change}>
        <Trans>
          Now <b>{before}</b>, then <b>{after}</b>.
        </Trans>
      </Text>
      {sentences.length > 0 && (
        <List size="sm" spacing={4}>
          {sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
          {action.weigh && <Weighed action={action} item={item} seen={seen} input={input} />}
        </List>
      )}
      {mustType && (
        <TextInput
          label={t`Type ${shownName} to confirm`}
          value={confirmed}
          onChange={(event) => setConfirmed(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      {job && <Waiting job={job} isTask={action.task !== undefined} />}
      <Foot
        onClose={onClose}
        left={
          <Group gap={4} wrap="nowrap">
            <CopyCurl action={action} item={item} input={input} />
            {job === null && <ShowRequest action={action} item={item} input={input} onShow={onClose} />}
          </Group>
        }
        isBusy={job !== null && !action.task}
        {...(job !== null && { close: t`Close` })}
      >
        <Button
          {...(mustType && { color: 'red.9' })}
          disabled={(mustType && confirmed.trim() !== name) || secret.isMissing}
          loading={job !== null}
          onClick={() => onRun(item, input, secret.typed)}
          // It comes after the dialog has opened, when what is there was looked at.
          ref={mustType || action.form ? undefined : focus}
        >
          {wordsOf(action.label)}
        </Button>
      </Foot>
    </>
  );
}

const focus = (button: HTMLButtonElement | null) => button?.focus();

/** Why it takes so long. */
function Waiting({ job, isTask }: { job: Job; isTask: boolean }) {
  const { waitingUntil } = useSnapshot(job);
  return (
    <Text size="sm" c="dimmed" role="status">
      {waitingUntil !== null && <Trans>The homeserver asked Glia to slow down. Glia will try again by itself.</Trans>}
      {isTask && waitingUntil === null && (
        <Trans>
          The homeserver is working on it, which can take long. You can close this: the job continues, and Activity
          lists it.
        </Trans>
      )}
    </Text>
  );
}
