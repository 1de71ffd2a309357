import { msg, t } from '@lingui/core/macro';
import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { POLICY_DATA, setPolicy } from '~/actions/mas/policy-set';
import { masThings } from '~/data/mas-things';
import { useMasLacks } from '~/data/mas-server';
import { useSession } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { JobsOn } from '~/entities/job/JobsOn';
import { aboutFile } from '~/job-store/jobs-on';
import { asServer } from '~/job-store/action-jobs';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { EmptyNote } from '~/ui/EmptyNote';
import { Moment } from '~/ui/Moment';
import { Notice } from '~/ui/Notice';
import { NotYetButton } from '~/ui/NotYetButton';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { changedLines } from './changed-lines';
import { ChangedLines } from './ChangedLines';

const indented = (data: unknown): string => (data === undefined || data === null ? '' : JSON.stringify(data, null, 2));

/** By its ID, as a file is. */
const ABOUT_POLICY = aboutFile(POLICY_DATA);

/** What MAS’s policy engine is given beside its configuration: shown first, and changed only on purpose. */
export function PolicyPage() {
  const { homeserver } = useSession();
  const lacking = useMasLacks('policy-data');
  const reading = useQuery({ ...masThings.policy(homeserver), enabled: lacking === null });
  const [isEditing, setEditing] = useState(false);
  return (
    <Page
      title={t`Policy data`}
      about={t`Who may register, which addresses are banned, who may become an admin: what MAS’s policy engine is given, over its configuration file.`}
      actions={
        <Button component={Link} to={paths.mas()} size="xs" variant="default">
          {t`MAS configuration`}
        </Button>
      }
      {...(lacking === null && { reading: { of: reading, refresh: t`Refresh policy data` } })}
    >
      {lacking !== null ? (
        <EmptyNote title={t`Not on this MAS`}>{wordsOf(lacking)}</EmptyNote>
      ) : (
        <Stack gap="xl">
          <Section unread={t`Could not load the policy data`} reading={reading}>
            {(policy) =>
              isEditing ? (
                <Editor now={indented(policy?.data)} onClose={() => setEditing(false)} />
              ) : (
                <Shown policy={policy} onEdit={() => setEditing(true)} />
              )
            }
          </Section>
          <section>
            <Title order={2} size="h4" mb="xs">
              {t`Changes made here`}
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              {t`Each job keeps the version before it in this browser. Open it to put that version back.`}
            </Text>
            <JobsOn
              id={POLICY_DATA}
              of={ABOUT_POLICY}
              outcome={msg`Outcome`}
              none={t`No job of this browser has changed the policy data.`}
            />
          </section>
        </Stack>
      )}
    </Page>
  );
}

interface ShownProps {
  policy: { created_at: string; data: unknown } | null;
  onEdit(): void;
}

function Shown({ policy, onEdit }: ShownProps) {
  const session = useSession();
  const reason = setPolicy.guard?.(asServer(session)) ?? null;
  const words = policy === null ? t`Set policy data…` : t`Change…`;
  return (
    <Stack gap="sm">
      {policy === null ? (
        <Text size="sm">{t`None was ever set through the Admin API. Only MAS’s configuration file counts.`}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t`Set`} <Moment ms={Date.parse(policy.created_at)} />
          </Text>
          <Textarea
            aria-label={t`Policy data`}
            value={indented(policy.data)}
            readOnly
            autosize
            minRows={4}
            maxRows={24}
            styles={{ input: { fontFamily: 'monospace' } }}
          />
        </>
      )}
      <Group>
        {reason === null ? (
          <Button size="xs" variant="default" onClick={onEdit}>
            {words}
          </Button>
        ) : (
          <NotYetButton size="xs" variant="default" reason={wordsOf(reason)}>
            {words}
          </NotYetButton>
        )}
      </Group>
    </Stack>
  );
}

function Editor({ now, onClose }: { now: string; onClose(): void }) {
  const [text, setText] = useState(now === '' ? '{\n}' : now);
  const [isOpen, setOpen] = useState(false);
  const read = useMemo(() => setPolicy.form?.read({ json: text }) ?? { problems: {} }, [text]);
  const problem = 'problems' in read ? read.problems['json'] : undefined;
  // As it will be shown again: a change of blanks is none.
  const after = problem === undefined ? indented(JSON.parse(text)) : null;
  const lines = after === null ? [] : changedLines(now, after);
  return (
    <Stack gap="sm">
      <Notice tone="danger" title={t`A mistake here can lock everyone out, you included`}>
        <Text size="sm">
          {t`It can also let anyone become an admin. Keep a second way in at hand: mas-cli on the server, or another admin’s session. MAS checks only that its engine can load it.`}
        </Text>
      </Notice>
      <Textarea
        label={t`Policy data, as one JSON object`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={problem !== undefined && wordsOf(problem)}
        autosize
        minRows={8}
        maxRows={24}
        autoComplete="off"
        spellCheck={false}
        styles={{ input: { fontFamily: 'monospace' } }}
      />
      {after !== null && <ChangedLines lines={lines} />}
      <Group gap="sm">
        <Button color="red.9" disabled={problem !== undefined || lines.length === 0} onClick={() => setOpen(true)}>
          {t`Review and confirm…`}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t`Cancel`}
        </Button>
      </Group>
      {isOpen && (
        <ActionDialog
          action={setPolicy}
          id={POLICY_DATA}
          values={{ json: text }}
          onDone={onClose}
          onClose={() => setOpen(false)}
        />
      )}
    </Stack>
  );
}
