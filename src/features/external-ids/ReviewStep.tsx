import { msg, plural, t } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { backupText } from '~/actions/backup';
import { phraseOf } from '~/actions/titles';
import { removeExternalIds } from '~/actions/user/external-ids';
import { idsAsTheyAre, idsWords, idWords } from '~/api/external-ids';
import type { ExternalId } from '~/api/users';
import type { Session } from '~/data/session';
import { UserLink } from '~/entities/user/UserLink';
import { asServer } from '~/job-store/action-jobs';
import { ownerOf } from '~/job-store/jobs';
import { VERDICT_TEXTS } from '~/jobs/status-texts';
import { paths } from '~/lib/paths';
import { isolated } from '~/lib/shown-text';
import { download, fileName } from '~/ui/download';
import { EmptyNote } from '~/ui/EmptyNote';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import { useLeftIn, type LeftIn } from '~/ui/wizard/left-out';
import type { PlanColumn } from '~/ui/wizard/PlanTable';
import { Review, type Warning } from '~/ui/wizard/Review';
import classes from './external-ids.module.css';
import { leftText } from './choice';
import { MasNote } from './MasNote';
import { isHidden, planOf, type ExternalIdsPlan, type ExternalIdsRow } from './plan';
import { wordsOf } from '~/lib/words';
import { textKey, type Text as KeptText } from '~/lib/text';
import { verbatim } from '~/ui/verbatim';

/** A backup that was downloaded, and the choice of rows that it holds: another choice needs another backup. */
export interface Saved {
  name: string;
  version: number;
}

interface ReviewStepProps {
  plan: ExternalIdsPlan;
  /** Epoch ms: when the users were read. */
  readAt: number;
  /** From whom the IDs are removed where nobody is left out. */
  rule: KeptText;
  session: Session;
  saved: Saved | null;
  onSaved(saved: Saved): void;
  /** @param plan exactly what runs */
  onRun(plan: ExternalIdsPlan, count: number, rule: KeptText): void;
}

/** Each user’s IDs before and after. The job can start only once a backup of the removed IDs was downloaded. */
export function ReviewStep({ plan, readAt, rule, session, saved, onSaved, onRun }: ReviewStepProps) {
  const { t } = useLingui();
  const [own, setOwn] = useState(false);
  const { provider } = plan;
  const { mas } = session;
  const left = useLeftIn(plan, plan.rows);
  // The numbers follow a click; the click itself does not wait for them.
  const settled = useDeferredValue(left);
  const now = useMemo(() => planOf(provider, settled.runs()), [provider, settled]);
  const whose = useMemo(() => ruleOf(settled, rule), [settled, rule]);
  const words = verbatim(wordsOf(whose));
  const exactly = () => planOf(provider, left.runs());
  const save = () => {
    const { items } = exactly();
    const facts = { items, provider, homeserver: session.homeserver.baseUrl, user: session.userId, now: Date.now() };
    const name = fileName('external-ids-backup', 'json');
    download(new Blob([backupText(facts)], { type: 'application/json' }), name);
    onSaved({ name, version: left.version });
  };
  const isSaved = saved !== null && saved.version === left.version;
  const me = plan.me !== null && !left.leftOut.has(plan.me.id) ? plan.me : null;
  const myId = isolated(me?.id ?? '');
  const { idCount } = now;
  const { count } = left;
  return (
    <Review
      sentence={
        <Trans>
          Remove <Plural value={idCount} one="# ID" other="# IDs" /> of <Outside as="id" text={provider} /> from{' '}
          <Plural value={count} one="# user" other="# users" />: {words}.
        </Trans>
      }
      nothing={
        <Trans>
          Nobody in this plan has an ID of <Outside as="id" text={provider} />.
        </Trans>
      }
      undo={t`You can undo this.`}
      touches={[
        t`Just before each change, Glia reads the user again. Users whose IDs changed since the plan are skipped and listed in the report.`,
        t`IDs of other providers stay. Nobody is signed out.`,
        mas
          ? t`Nobody’s sign-in changes, because users sign in through MAS.`
          : t`Users who sign in with this provider afterwards may get a new account, which then has the ID.`,
        t`The homeserver forgets the removed IDs, but Glia keeps them with the job. Undoing it skips users that someone else has changed since, and IDs that another account has taken.`,
      ]}
      warnings={warningsOf(plan, now, me, mas)}
      madeAt={readAt}
      left={left}
      table={{
        label: t`What would happen to each user`,
        columns: COLUMNS,
        verdicts: VERDICT_TEXTS,
        fileStem: 'external-ids-plan',
        empty: (
          <EmptyNote title={t`Nobody is in this plan`}>
            <Trans>Go back and choose other users.</Trans>
          </EmptyNote>
        ),
      }}
      script={{
        fileStem: 'remove-external-ids',
        disabled: null,
        demo: session.demo,
        write: async (language) => {
          const { items } = exactly();
          const input = { provider };
          const title = wordsOf(phraseOf(removeExternalIds, items.length, input));
          const facts = { items, input, title, owner: ownerOf(session), server: asServer(session), isUndo: false };
          return (await import('~/actions/script')).actionScript(removeExternalIds, facts, language);
        },
      }}
      back={{ label: t`Back to choosing`, to: paths.externalIds('choose') }}
      act={plural(count, { one: 'Remove the IDs of # user', other: 'Remove the IDs of # users' })}
      counted={plural(count, { one: '# user', other: '# users' })}
      typed
      blocked={
        isSaved
          ? me && !own && !mas
            ? t`Your own account is in the plan. Confirm first that you can still sign in.`
            : null
          : saved === null
            ? t`Download the backup first.`
            : t`Download the backup again: you changed who is left out.`
      }
      onRun={(confirmed) => onRun(exactly(), confirmed, ruleOf(left, rule))}
    >
      {mas && <MasNote />}
      {me && !mas && (
        <Checkbox
          label={t`I can sign in as ${myId} without this ID`}
          checked={own}
          onChange={(event) => setOwn(event.currentTarget.checked)}
        />
      )}
      <Backup left={left} saved={isSaved ? saved : null} onSave={save} />
    </Review>
  );
}

const ruleOf = (left: LeftIn<ExternalIdsRow>, rule: KeptText): KeptText =>
  left.out === 0 ? rule : leftText(left.runs().map(({ id }) => id));

function Backup({ left, saved, onSave }: { left: LeftIn<ExternalIdsRow>; saved: Saved | null; onSave(): void }) {
  const { count } = left;
  const name = saved?.name;
  return (
    <Group gap="sm" className={classes.card}>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        disabled={count === 0}
        onClick={onSave}
      >
        {saved === null ? <Trans>Download a backup of these IDs</Trans> : <Trans>Download it again</Trans>}
      </Button>
      {saved === null ? (
        <Text size="sm">
          <Trans>
            With it, you can put back the external IDs of <Plural value={count} one="# user" other="# users" /> even if
            this browser loses the job.
          </Trans>
        </Text>
      ) : (
        <Group gap={6} role="status" wrap="nowrap">
          <IconCircleCheck size={18} color="var(--mantine-color-teal-6)" style={{ flex: 'none' }} aria-hidden />
          <Text size="sm">
            <Trans>
              Saved to your downloads as <bdi>{name}</bdi>
            </Trans>
          </Text>
        </Group>
      )}
    </Group>
  );
}

const losesItsLast = ({ leftWithNone }: ExternalIdsRow) => leftWithNone;
const isMine = ({ isMe }: ExternalIdsRow) => isMe;

/** @param plan as it was made; `now`: what is left in of it */
function warningsOf(
  plan: ExternalIdsPlan,
  now: ExternalIdsPlan,
  me: ExternalIdsRow | null,
  mas: boolean,
): Warning<ExternalIdsRow>[] {
  const warnings: Warning<ExternalIdsRow>[] = [];
  const { leftWithNone, hidden } = now;
  if (plan.me) {
    warnings.push({
      tone: mas ? 'plain' : 'danger',
      title: me ? t`Your own account is in this plan` : t`Your own account is left out`,
      text: me && <OwnAccount row={me} mas={mas} />,
      rows: { show: () => t`Show your own account`, only: t`Only your own account`, fits: isMine },
    });
  }
  if (plan.leftWithNone > 0 && !mas) {
    warnings.push({
      title: plural(leftWithNone, {
        one: '# user will have no external ID left',
        other: '# users will have no external ID left',
      }),
      text: t`Those without a password won’t be able to sign in. Synapse’s API doesn’t say who has one, so Glia can’t tell who they are.`,
      rows: {
        show: (count) =>
          plural(count, {
            one: 'Show the user who loses their last ID',
            other: 'Show the # users who lose their last ID',
          }),
        only: t`Only users who lose their last ID`,
        fits: losesItsLast,
      },
    });
  }
  if (plan.hidden > 0) {
    warnings.push({
      tone: 'plain',
      title: plural(hidden, {
        one: '# user is deactivated or locked',
        other: '# users are deactivated or locked',
      }),
      text: t`Until their IDs are removed, no other account can use them.`,
      rows: {
        show: (count) =>
          plural(count, {
            one: 'Show the deactivated or locked user',
            other: 'Show the # deactivated or locked users',
          }),
        only: t`Only deactivated or locked users`,
        fits: isHidden,
      },
    });
  }
  return warnings;
}

function OwnAccount({ row, mas }: { row: ExternalIdsRow; mas: boolean }) {
  const removed = verbatim(wordsOf(idsWords(row.removes)));
  const kept = verbatim(wordsOf(idsWords(row.keeps)));
  if (row.keeps.length > 0) {
    return (
      <Trans>
        You lose {removed} and keep {kept}.
      </Trans>
    );
  }
  return mas ? (
    <Trans>You lose {removed}, and no external ID is left.</Trans>
  ) : (
    <Trans>
      You lose {removed}, and no external ID is left: without a password you can’t sign in again once this session ends.
    </Trans>
  );
}

const COLUMNS: readonly PlanColumn<ExternalIdsRow>[] = [
  {
    id: 'user',
    header: msg`User`,
    width: 'minmax(15rem, 1.5fr)',
    text: (row) => row.id,
    cell: (row) => (
      <span className={classes.who}>
        <UserLink userId={row.id} />
        {row.isMe && (
          <StateTag dot="var(--mantine-color-red-6)">
            <Trans>you</Trans>
          </StateTag>
        )}
        {row.user?.admin && (
          <StateTag dot="var(--mantine-color-cyan-6)">
            <Trans>admin</Trans>
          </StateTag>
        )}
        {row.user?.deactivated && (
          <StateTag dot="var(--mantine-color-gray-6)">
            <Trans>deactivated</Trans>
          </StateTag>
        )}
        {row.user?.locked && (
          <StateTag dot="var(--mantine-color-gray-6)">
            <Trans>locked</Trans>
          </StateTag>
        )}
      </span>
    ),
  },
  {
    id: 'before',
    header: msg`Before`,
    width: 'minmax(12rem, 1.2fr)',
    text: (row) => idsAsTheyAre(row.user?.externalIds ?? []),
    cell: (row) => <Ids ids={row.user?.externalIds ?? []} removes={row.removes} unknown={row.user === null} />,
  },
  {
    id: 'after',
    header: msg`After`,
    width: 'minmax(12rem, 1.2fr)',
    text: (row) => idsAsTheyAre(row.keeps),
    cell: (row) => <Ids ids={row.keeps} removes={[]} unknown={row.user === null} />,
  },
];

interface IdsProps {
  ids: readonly ExternalId[];
  removes: readonly ExternalId[];
  unknown: boolean;
}

function Ids({ ids, removes, unknown }: IdsProps) {
  if (unknown)
    return (
      <span className={classes.none}>
        <Trans>not known</Trans>
      </span>
    );
  if (ids.length === 0)
    return (
      <span className={classes.none}>
        <Trans>none</Trans>
      </span>
    );
  return (
    <span className={classes.ids}>
      {ids.map((id) =>
        removes.includes(id) ? (
          <del key={textKey(idWords(id))} className={`${classes.id} ${classes.gone}`}>
            <bdi>{wordsOf(idWords(id))}</bdi>
          </del>
        ) : (
          <span key={textKey(idWords(id))} className={classes.id}>
            <bdi>{wordsOf(idWords(id))}</bdi>
          </span>
        ),
      )}
    </span>
  );
}
