import { t } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, NativeSelect, Paper, Skeleton, Stack, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { typedPath } from '~/api/typed-path';
import { isolated } from '~/lib/shown-text';
import { ActsAs } from '~/ui/ActsAs';
import { ErrorNote } from '~/ui/ErrorNote';
import { useHeld } from '~/ui/held';
import { NotYetButton } from '~/ui/NotYetButton';
import { Page } from '~/ui/Page';
import { TabsInUrl } from '~/ui/TabsInUrl';
import { AnswerView } from './AnswerView';
import { Arming, useArmed } from './Arming';
import { BodyField, bodyProblem } from './BodyField';
import { CataloguePicker } from './CataloguePicker';
import { CodeMenu } from './CodeMenu';
import { ConfirmSend } from './ConfirmSend';
import classes from './Console.module.css';
import { draftOf, entryOf, METHODS, missingParts, type Draft } from './draft';
import { EntryNote } from './EntryNote';
import { Favourites, KeepButton } from './Favourites';
import { History } from './History';
import { Parameters } from './Parameters';
import { PasteCurl, sayLeftOut } from './PasteCurl';
import { looksLikeCurl, readCurl } from './read-curl';
import { SentByGlia } from './SentByGlia';
import { isWrite, setDraft, useDraft, useSend } from './use-console';
import { useSession } from '~/data/session';

/** Builds any request, sends it with the session’s token, and shows what comes back. */
export function ConsolePage() {
  const { t } = useLingui();
  const draft = useDraft();
  const entry = entryOf(draft);
  const sending = useSend();
  const [isAsking, ask] = useState(false);
  const problem = problemOf(draft);
  const send = () => {
    const destroys = entry ? entry.destroys !== undefined : draft.method !== 'GET';
    if (destroys) ask(true);
    else sending.mutate(draft);
  };
  const open = (next: Draft) => {
    setDraft(next);
    sending.reset();
    window.scrollTo({ top: 0 });
  };
  return (
    <Page title={t`API console`} about={t`Sends any request to your homeserver with your access token.`}>
      <Arming />
      <Paper withBorder p="md">
        <Stack
          component="form"
          gap="sm"
          onSubmit={(event: React.FormEvent) => {
            event.preventDefault();
          }}
        >
          <CataloguePicker entry={entry} onPick={(picked) => open(draftOf(picked))} />
          <Address draft={draft} />
          {entry && <EntryNote entry={entry} />}
          {entry && <Parameters draft={draft} entry={entry} onChange={setDraft} />}
          {draft.method !== 'GET' && <BodyField value={draft.body} onChange={(body) => setDraft({ ...draft, body })} />}
          {isWrite(draft) && <ActsAs />}
          <Group gap="xs">
            <SendButton draft={draft} problem={problem} isSending={sending.isPending} onSend={send} />
            {sending.isPending && (
              <Button variant="default" onClick={sending.cancel}>
                <Trans>Cancel</Trans>
              </Button>
            )}
            <CodeMenu draft={draft} problem={problem} />
            <PasteCurl onRead={open} />
            <KeepButton draft={draft} />
          </Group>
        </Stack>
      </Paper>
      {isAsking && (
        <ConfirmSend
          draft={draft}
          entry={entry}
          onClose={() => ask(false)}
          onSend={() => {
            ask(false);
            sending.mutate(draft);
          }}
        />
      )}
      {sending.isPending && <Skeleton h={120} aria-busy role="status" aria-label={t`Waiting for the answer`} />}
      {sending.isError && <ErrorNote title={t`No answer to show`} error={sending.error} />}
      {sending.data && <AnswerView key={sending.submittedAt} answer={sending.data} />}
      <TabsInUrl
        label={t`Earlier requests`}
        tabs={[
          { id: 'history', label: t`History`, content: <History onOpen={open} /> },
          { id: 'glia', label: t`Sent by Glia`, content: <SentByGlia onOpen={open} /> },
          { id: 'favourites', label: t`Favourites`, content: <Favourites onOpen={open} /> },
        ]}
      />
    </Page>
  );
}

function Address({ draft }: { draft: Draft }) {
  const { t } = useLingui();
  const { homeserver } = useSession();
  return (
    <div className={classes.line}>
      <NativeSelect
        label={t`Method`}
        className={classes.method}
        data={[...METHODS]}
        value={draft.method}
        onChange={(event) => setDraft({ ...draft, method: event.currentTarget.value as Draft['method'] })}
      />
      <TextInput
        label={t`Path`}
        className={classes.path}
        classNames={{ input: classes.mono ?? '' }}
        value={draft.path}
        onChange={(event) => setDraft({ ...draft, path: event.currentTarget.value })}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain');
          if (!looksLikeCurl(pasted)) return;
          const found = readCurl(pasted, homeserver.baseUrl);
          if ('problem' in found) return;
          event.preventDefault();
          setDraft(found.draft);
          sayLeftOut(found);
        }}
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
      />
    </div>
  );
}

/** Why it can’t be sent as it stands; null: it can. */
function problemOf(draft: Draft): string | null {
  const missing = missingParts(draft);
  if (missing.length > 0) {
    const list = isolated(missing.join(', '));
    return t`Fill in: ${list}.`;
  }
  if (typedPath(draft.path) === null) return t`A path begins with /_synapse/ or /_matrix/.`;
  const odd = draft.method === 'GET' ? null : bodyProblem(draft.body);
  return odd && t`The body is not valid JSON: line ${odd.line}, column ${odd.column}.`;
}

interface SendButtonProps {
  draft: Draft;
  problem: string | null;
  isSending: boolean;
  onSend(): void;
}

function SendButton({ draft, problem, isSending, onSend }: SendButtonProps) {
  const { t } = useLingui();
  const isArmed = useArmed();
  const held = useHeld();
  const reason =
    problem ??
    (isWrite(draft) ? (held ?? (isArmed ? null : t`This request changes something. Allow changes first.`)) : null);
  const look = { leftSection: <IconSend size={16} aria-hidden /> } as const;
  if (reason !== null) {
    return (
      <NotYetButton {...look} reason={reason}>
        <Trans>Send</Trans>
      </NotYetButton>
    );
  }
  return (
    <Button {...look} loading={isSending} onClick={onSend}>
      <Trans>Send</Trans>
    </Button>
  );
}
