import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { useState } from 'react';
import type { Handing } from '~/actions/action';
import { actionOf } from '~/actions/all';
import { readKept } from '~/actions/kept';
import { verdictOf } from '~/actions/plan';
import type { Held } from '~/actions/secrets';
import { send } from '~/api/ask';
import { useSession } from '~/data/session';
import { actionHere, asServer } from '~/job-store/action-jobs';
import type { Job } from '~/jobs/job';
import { wordsOf, wordsOfError } from '~/lib/words';
import { Notice } from '~/ui/Notice';
import { verbatim } from '~/ui/verbatim';
import { beginOne, showResult } from './run-one';

interface HandedShownProps {
  /** Whose answer it was. */
  job: Job;
  hands: Handing;
  held: Held;
  /** What the answer said of it: until when it works. */
  told: string;
  /** It works no more: nothing is left to show. */
  onEnded(): void;
}

/** What an answer handed out, once: with a button that copies it, and one that ends it. */
export function HandedShown({ job, hands, held, told, onEnded }: HandedShownProps) {
  const { t } = useLingui();
  const session = useSession();
  const clipboard = useClipboard({ timeout: 1500 });
  const [isEnding, setEnding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const found = hands.endedBy === undefined ? undefined : actionOf(hands.endedBy);
  const ending = found && actionHere(found, session);
  const end = async () => {
    if (!ending) return;
    setEnding(true);
    try {
      const seen = await send(session.homeserver, ending.look(held.id, asServer(session)));
      const verdict = verdictOf(ending, held.id, seen, null, session.userId);
      if (verdict.verdict !== 'will') return setProblem(wordsOf(verdict.reason));
      // Told which one ends: there may be several for the same user.
      const made = readKept(job.row(0).before)?.goal ?? null;
      const begun = beginOne(ending, { item: verdict.item, input: made, typed: held.value }, session);
      const ended = await begun.ended;
      if (ended.status !== 'done' && ended.status !== 'skipped') return setProblem(wordsOf(ended.reason));
      showResult(ended);
      onEnded();
    } catch (error) {
      setProblem(wordsOfError(error));
    } finally {
      setEnding(false);
    }
  };
  const label = wordsOf(hands.label);
  const until = verbatim(told);
  return (
    <Notice tone="key" role="status" title={label}>
      <Stack gap="xs">
        <Code block fz="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap', userSelect: 'all' }}>
          {held.value}
        </Code>
        <Text size="sm">
          {session.mas ? (
            <Trans>{until} It is shown only once: Glia does not store it, not even in Activity.</Trans>
          ) : (
            <Trans>
              {until} It also stops working if you sign out of all your own sessions. It is shown only once: Glia does
              not store it, not even in Activity.
            </Trans>
          )}
        </Text>
        {problem !== null && (
          <Text size="sm" c="red.9" role="alert">
            {problem}
          </Text>
        )}
        <Group gap="xs">
          {'clipboard' in navigator && (
            <Button size="xs" variant="default" onClick={() => clipboard.copy(held.value)}>
              {clipboard.copied ? t`Copied` : t`Copy`}
            </Button>
          )}
          {ending && (
            <Button size="xs" variant="default" loading={isEnding} onClick={() => void end()}>
              {wordsOf(ending.label)}
            </Button>
          )}
        </Group>
      </Stack>
    </Notice>
  );
}
