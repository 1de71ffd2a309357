import { Button, Checkbox, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { backupText } from '~/actions/backup';
import { phraseOf } from '~/actions/job';
import { removeExternalIds } from '~/actions/user/external-ids';
import { idsAsTheyAre, idsWords, idWords } from '~/api/external-ids';
import type { ExternalId } from '~/api/users';
import type { Session } from '~/data/session';
import { UserLink } from '~/entities/user/UserLink';
import { asServer } from '~/job-store/action-jobs';
import { ownerOf } from '~/job-store/jobs';
import { plural } from '~/lib/numbers';
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
import { leftWords } from './choice';
import { MasNote } from './MasNote';
import { isHidden, planOf, type ExternalIdsPlan, type ExternalIdsRow } from './plan';
import { wordsOf } from '~/lib/words';
import { textKey } from '~/lib/text';

/** A backup that was handed to the browser, and of what: another choice of rows needs another one. */
export interface Saved {
  name: string;
  version: number;
}

interface ReviewStepProps {
  plan: ExternalIdsPlan;
  /** Epoch ms: when the users were read. */
  readAt: number;
  /** From whom, in words, where nobody is left out. */
  rule: string;
  session: Session;
  saved: Saved | null;
  onSaved(saved: Saved): void;
  /** With exactly what runs, and from whom in words. */
  onRun(plan: ExternalIdsPlan, count: number, rule: string): void;
}

/** Each user’s ids before and after; the removed ones are saved before anything can begin. */
export function ReviewStep({ plan, readAt, rule, session, saved, onSaved, onRun }: ReviewStepProps) {
  const [own, setOwn] = useState(false);
  const { provider } = plan;
  const { mas } = session;
  const left = useLeftIn(plan, plan.rows);
  // The numbers follow a click; the click itself does not wait for them.
  const settled = useDeferredValue(left);
  const now = useMemo(() => planOf(provider, settled.runs()), [provider, settled]);
  const words = useMemo(() => ruleOf(settled, rule), [settled, rule]);
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
  return (
    <Review
      sentence={
        <>
          {`Remove ${plural(now.idCount, 'ID')} of `}
          <Outside as="id" text={provider} />
          {` from ${plural(left.count, 'user')}: ${words}.`}
        </>
      }
      nothing={
        <>
          Nobody in this plan has an ID of <Outside as="id" text={provider} />.
        </>
      }
      undo="You can undo this."
      touches={[
        'Just before each change Glia reads the user again. Users whose IDs changed since the plan are skipped and listed in the report.',
        'IDs of other providers stay. Nobody is signed out.',
        mas
          ? 'Nobody’s sign-in changes: users sign in through MAS.'
          : 'Users who sign in with the provider afterwards may get a new account, which then holds the ID.',
        'The homeserver forgets the removed IDs. Glia keeps them in the report of the job, which offers to put them back where nobody else has changed the user and no other account holds the ID by then.',
      ]}
      warnings={warningsOf(plan, now, me, mas)}
      madeAt={readAt}
      left={left}
      table={{
        label: 'What would happen to each user',
        columns: COLUMNS,
        verdicts: { will: 'will change', nothing: 'nothing to do', cannot: 'can’t be changed' },
        fileStem: 'external-ids-plan',
        empty: <EmptyNote title="Nobody is in this plan">Go back and read more users, or name others.</EmptyNote>,
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
      back={{ label: 'Back to choosing', to: paths.externalIds('choose') }}
      act={`Remove the IDs of ${plural(left.count, 'user')}`}
      counted={plural(left.count, 'user')}
      typed
      blocked={
        isSaved
          ? me && !own && !mas
            ? 'Your own account is in the plan: tick its box first.'
            : null
          : saved === null
            ? 'Download the backup first.'
            : 'Download the backup again: what is left out has changed.'
      }
      onRun={(count) => onRun(exactly(), count, ruleOf(left, rule))}
    >
      {mas && <MasNote />}
      {me && !mas && (
        <Checkbox
          label={`I can sign in as ${isolated(me.id)} without this ID`}
          checked={own}
          onChange={(event) => setOwn(event.currentTarget.checked)}
        />
      )}
      <Backup left={left} saved={isSaved ? saved : null} onSave={save} />
    </Review>
  );
}

const ruleOf = (left: LeftIn<ExternalIdsRow>, rule: string): string =>
  left.out === 0 ? rule : leftWords(left.runs().map(({ id }) => id));

function Backup({ left, saved, onSave }: { left: LeftIn<ExternalIdsRow>; saved: Saved | null; onSave(): void }) {
  return (
    <Group gap="sm" className={classes.card}>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        disabled={left.count === 0}
        onClick={onSave}
      >
        {saved === null ? 'Download a backup of these IDs' : 'Download it again'}
      </Button>
      {saved === null ? (
        <Text size="sm">
          {`It holds the external IDs of ${plural(left.count, 'user')} as they are in the plan, for when Glia no longer has the report.`}
        </Text>
      ) : (
        <Group gap={6} role="status" wrap="nowrap">
          <IconCircleCheck size={18} color="var(--mantine-color-teal-6)" style={{ flex: 'none' }} aria-hidden />
          <Text size="sm">
            Saved to your downloads as <bdi>{saved.name}</bdi>
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
  if (plan.me) {
    warnings.push({
      tone: mas ? 'plain' : 'danger',
      title: me ? 'Your own account is in this plan' : 'Your own account is left out',
      text: me && <OwnAccount row={me} mas={mas} />,
      rows: { which: ['that is your own account', 'that are your own account'], fits: isMine },
    });
  }
  if (plan.leftWithNone > 0 && !mas) {
    warnings.push({
      title: `${plural(now.leftWithNone, 'user is', 'users are')} left with no external ID at all`,
      text: 'Users who have no password either are locked out. Synapse’s API doesn’t say who has a password, so Glia can’t tell who that is.',
      rows: { which: ['that loses the last ID', 'that lose their last ID'], fits: losesItsLast },
    });
  }
  if (plan.hidden > 0) {
    warnings.push({
      tone: 'plain',
      title: `${plural(now.hidden, 'user is', 'users are')} deactivated or locked`,
      text: 'Until their IDs are removed, no other account can use them.',
      rows: { which: ['that is deactivated or locked', 'that are deactivated or locked'], fits: isHidden },
    });
  }
  return warnings;
}

function OwnAccount({ row, mas }: { row: ExternalIdsRow; mas: boolean }) {
  return (
    <span>
      <Outside as="id" text={row.id} /> loses {wordsOf(idsWords(row.removes))}.{' '}
      {row.leftWithNone && !mas
        ? 'No external ID would be left: without a password you could not sign in again once this session ends.'
        : `What is left: ${wordsOf(idsWords(row.keeps))}.`}
    </span>
  );
}

const COLUMNS: readonly PlanColumn<ExternalIdsRow>[] = [
  {
    id: 'user',
    header: 'User',
    width: 'minmax(15rem, 1.5fr)',
    text: (row) => row.id,
    cell: (row) => (
      <span className={classes.who}>
        <UserLink userId={row.id} />
        {row.isMe && <StateTag dot="var(--mantine-color-red-6)">you</StateTag>}
        {row.user?.admin && <StateTag dot="var(--mantine-color-cyan-6)">admin</StateTag>}
        {row.user?.deactivated && <StateTag dot="var(--mantine-color-gray-6)">deactivated</StateTag>}
        {row.user?.locked && <StateTag dot="var(--mantine-color-gray-6)">locked</StateTag>}
      </span>
    ),
  },
  {
    id: 'before',
    header: 'Before',
    width: 'minmax(12rem, 1.2fr)',
    text: (row) => idsAsTheyAre(row.user?.externalIds ?? []),
    cell: (row) => <Ids ids={row.user?.externalIds ?? []} removes={row.removes} unknown={row.user === null} />,
  },
  {
    id: 'after',
    header: 'After',
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
  if (unknown) return <span className={classes.none}>not known</span>;
  if (ids.length === 0) return <span className={classes.none}>none</span>;
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
