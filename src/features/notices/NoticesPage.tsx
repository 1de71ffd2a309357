import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Paper, Stack, Textarea, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { sendNotice } from '~/actions/user/notice';
import { takeHandover } from '~/data/handover';
import { userCount } from '~/data/pickers';
import { useSession, type Session } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { UserChooser } from '~/entities/user/UserChooser';
import { usePlan } from '~/job-store/drafts';
import { useJobs } from '~/job-store/jobs';
import { ownUsers } from '~/lib/own-users';
import { paths } from '~/lib/paths';
import { wordsOf } from '~/lib/words';
import { ErrorNote } from '~/ui/ErrorNote';
import { RecentJobs } from '~/ui/job/RecentJobs';
import { Page } from '~/ui/Page';
import { useUserIds } from '~/ui/use-user-ids';
import { StepActions } from '~/ui/wizard/StepActions';
import { FIRST_DRAFT, inputOf, keptDraft, queryOf, recipientsOf, type NoticeDraft } from './draft';
import { plainText } from './matrix-html';
import { NoticePreview } from './NoticePreview';
import classes from './notices.module.css';
import { parseHtml } from './parse-html';
import { TestNotice } from './TestNotice';

/** Writes a server notice, tests it, and hands it with its recipients to the bulk action that sends it. */
export function NoticesPage() {
  const { t } = useLingui();
  const session = useSession();
  const openWith = useOpenWith();
  const { choice: draft, choose } = usePlan<NoticeDraft, never>('notices', FIRST_DRAFT, keptDraft);
  const { parsed, settled } = useUserIds(draft.users, session.serverName, 'never');
  const own = useMemo(() => ownUsers(parsed, session.serverName), [parsed, session.serverName]);
  const counting = useCount(draft, session);
  const jobs = useJobs();
  const sent = useMemo(() => jobs.filter(({ kind }) => kind === sendNotice.kind), [jobs]);

  useEffect(() => {
    const { users } = takeHandover(paths.notices());
    if (users) choose({ from: 'handed', handed: users });
  }, [choose]);

  const message = inputOf(draft);
  const recipients = settled
    ? recipientsOf(draft, parsed, counting.total, session.serverName)
    : { problem: t`Still reading what you pasted.` };
  const missing = 'problem' in message ? wordsOf(message.problem) : null;
  const nobody = 'problem' in recipients ? wordsOf(recipients.problem) : null;
  const isFiltered = queryOf(draft) !== null;

  return (
    <Page
      title={t`Server notices`}
      about={t`Tell your users something in a room of their own with the homeserver. They can’t leave that room.`}
    >
      <div className={classes.columns}>
        <Stack gap="md">
          <Paper withBorder p="md">
            <Stack gap="md">
              <Title order={2} size="h4">
                <Trans>Notice</Trans>
              </Title>
              <Textarea
                label={t`Text of the notice`}
                description={t`Plain text. Line breaks are kept.`}
                rows={5}
                resize="vertical"
                value={draft.text}
                onChange={(event) => choose({ text: event.currentTarget.value })}
              />
              <Textarea
                label={t`The same as HTML`}
                description={t`Optional. Clients that show formatted text show this instead.`}
                rows={5}
                resize="vertical"
                spellCheck={false}
                classNames={{ input: classes.mono }}
                value={draft.html}
                onChange={(event) => choose({ html: event.currentTarget.value })}
              />
              {draft.html.trim() !== '' && (
                <Button
                  size="xs"
                  variant="default"
                  w="fit-content"
                  onClick={() => choose({ text: plainText(parseHtml(draft.html).nodes) })}
                >
                  <Trans>Make the plain text from the HTML</Trans>
                </Button>
              )}
              <TestNotice input={'input' in message ? message.input : null} reason={missing} />
            </Stack>
          </Paper>
          <Paper withBorder p="md">
            <Stack gap="md">
              <Title order={2} size="h4">
                <Trans>Recipients</Trans>
              </Title>
              <UserChooser<NoticeDraft['from']>
                label={t`Who gets it`}
                session={session}
                choice={{ from: draft.from, handed: draft.handed, text: draft.users }}
                onChange={({ from, text }) =>
                  choose({ ...(from !== undefined && { from }), ...(text !== undefined && { users: text }) })
                }
                sources={{
                  handed: {},
                  named: {},
                  filter: {},
                  everyone: { description: t`Without guests, deactivated and locked users.` },
                }}
                named={{ label: t`Users`, parsed, problems: own.problems }}
                filter={{ value: draft.filter, onChange: (filter) => choose({ filter }) }}
              />
              {isFiltered && (
                <Checkbox
                  label={t`Also bridged users`}
                  description={t`Their IDs start with @_. They stand for people on other networks, who don’t see server notices.`}
                  checked={draft.withBridged}
                  onChange={(event) => choose({ withBridged: event.currentTarget.checked })}
                />
              )}
              {isFiltered && counting.error !== null && (
                <ErrorNote title={t`The users could not be counted`} error={counting.error} onRetry={counting.retry} />
              )}
            </Stack>
          </Paper>
        </Stack>
        <Stack gap="md">
          <Paper withBorder p="md">
            <NoticePreview text={draft.text} html={draft.html} />
          </Paper>
          <Paper withBorder p="md">
            <Stack gap="sm">
              <Title order={2} size="h4">
                <Trans>Sent notices</Trans>
              </Title>
              <RecentJobs
                jobs={sent}
                empty={t`This browser has sent no notices. The report of each one is listed here.`}
              />
            </Stack>
          </Paper>
        </Stack>
      </div>
      <StepActions
        stays
        next={{
          label: t`Continue to review`,
          disabled: missing ?? nobody,
          onClick: () =>
            'input' in message &&
            'users' in recipients &&
            openWith(paths.bulk(sendNotice.kind), {
              users: 'ids' in recipients.users ? { ...recipients.users, from: 'notice' } : recipients.users,
              input: { ...message.input },
              isComplete: true,
            }),
        }}
      >
        <Sum total={'users' in recipients ? countOf(recipients.users) : 0} atMost={isFiltered && !draft.withBridged} />
      </StepActions>
    </Page>
  );
}

const countOf = (users: Exclude<NoticeDraft['handed'], null>): number =>
  'ids' in users ? users.ids.length : users.total;

function Sum({ total, atMost }: { total: number; atMost: boolean }) {
  const { t } = useLingui();
  if (total === 0) return null;
  return atMost
    ? t`${plural(total, { one: 'At most # user', other: 'At most # users' })}`
    : t`${plural(total, { one: '# user', other: '# users' })}`;
}

const TYPING_MS = 300;

/** How many match, asked when the typing rests. */
function useCount(draft: NoticeDraft, { homeserver }: Session) {
  const query = queryOf(draft);
  const key = JSON.stringify(query);
  const [asked] = useDebouncedValue(key, TYPING_MS);
  const { data, error, refetch } = useQuery({
    ...userCount(homeserver, query ?? {}),
    enabled: query !== null && asked === key,
  });
  return { total: query !== null && asked === key ? (data ?? null) : null, error, retry: () => void refetch() };
}
