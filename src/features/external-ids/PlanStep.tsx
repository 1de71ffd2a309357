import { Stack, Text } from '@mantine/core';
import { countOf, phraseOf } from '~/actions/job';
import { removeExternalIds } from '~/actions/user/external-ids';
import { idsAsTheyAre, idsWords, idWords } from '~/api/external-ids';
import type { ExternalId } from '~/api/users';
import { asServer } from '~/job-store/action-jobs';
import { ownerOf } from '~/job-store/jobs';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { plural } from '~/lib/numbers';
import { EmptyNote } from '~/ui/EmptyNote';
import { Id } from '~/ui/Id';
import { Notice } from '~/ui/Notice';
import { StateTag } from '~/ui/StateTag';
import { PlanTable, type PlanColumn } from '~/ui/wizard/PlanTable';
import { ScriptButton } from '~/ui/wizard/ScriptButton';
import { StepActions } from '~/ui/wizard/StepActions';
import classes from './external-ids.module.css';
import { isolated } from '~/lib/shown-text';
import { Outside } from '~/ui/Outside';
import { MasNote } from './MasNote';
import type { ExternalIdsPlan, ExternalIdsRow } from './plan';

/** Each user's ids before and after. */
export function PlanStep({ plan }: { plan: ExternalIdsPlan }) {
  const { items, idCount, leftWithNone, hidden, me, provider } = plan;
  const session = useSession();
  const nothing = items.length === 0 ? 'The plan has nothing to do.' : null;
  return (
    <Stack gap="md">
      <Text size="sm">
        {items.length === 0
          ? `Nobody in this plan has an id of ${isolated(provider)}.`
          : `${plural(idCount, 'id')} of ${isolated(provider)} would be removed from ${plural(items.length, 'user')}, ${plural(hidden, 'of them', 'of them')} deactivated or locked.`}
      </Text>
      {session.mas && <MasNote />}
      {me && <OwnAccount row={me} mas={session.mas} />}
      {leftWithNone > 0 && !session.mas && (
        <Notice
          tone="warning"
          title={`${plural(leftWithNone, 'user is', 'users are')} left with no external id at all`}
        >
          A user who has no password either is locked out. Synapse’s API doesn’t say whether there is a password, so
          Glia can’t tell who that is.
        </Notice>
      )}
      <PlanTable
        label="What would happen to each user"
        rows={plan.rows}
        columns={COLUMNS}
        verdicts={{ will: 'will change', nothing: 'nothing to do', cannot: 'can’t be changed' }}
        fileStem="external-ids-plan"
        empty={<EmptyNote title="Nobody is in this plan">Go back and read more users, or name others.</EmptyNote>}
      >
        <ScriptButton
          fileStem="remove-external-ids"
          disabled={nothing}
          demo={session.demo}
          write={async (language) => {
            const input = { provider };
            const title = phraseOf(removeExternalIds, countOf(removeExternalIds, items.length), input);
            const facts = { items, input, title, owner: ownerOf(session), server: asServer(session), isUndo: false };
            return (await import('~/actions/script')).actionScript(removeExternalIds, facts, language);
          }}
        />
      </PlanTable>
      <StepActions
        back={{ label: 'Back to choosing', to: paths.externalIds('choose') }}
        next={{
          label: 'Go on to confirm',
          to: paths.externalIds('confirm'),
          disabled: nothing,
        }}
      />
    </Stack>
  );
}

export function OwnAccount({ row, mas }: { row: ExternalIdsRow; mas: boolean }) {
  return (
    <Notice tone={mas ? 'plain' : 'danger'} title="Your own account is in this plan">
      <span>
        <Outside as="id" text={row.id} /> loses {idsWords(row.removes)}.{' '}
        {row.leftWithNone && !mas
          ? 'No external id would be left: without a password you could not sign in again once this session ends.'
          : `What is left: ${idsWords(row.keeps)}.`}
      </span>
    </Notice>
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
        <Id value={row.id} />
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

function Ids({
  ids,
  removes,
  unknown,
}: {
  ids: readonly ExternalId[];
  removes: readonly ExternalId[];
  unknown: boolean;
}) {
  if (unknown) return <span className={classes.none}>not known</span>;
  if (ids.length === 0) return <span className={classes.none}>none</span>;
  return (
    <span className={classes.ids}>
      {ids.map((id) =>
        removes.includes(id) ? (
          <del key={idWords(id)} className={`${classes.id} ${classes.gone}`}>
            <bdi>{idWords(id)}</bdi>
          </del>
        ) : (
          <span key={idWords(id)} className={classes.id}>
            <bdi>{idWords(id)}</bdi>
          </span>
        ),
      )}
    </span>
  );
}
