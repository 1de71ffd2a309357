import { useLingui } from '@lingui/react/macro';
import { useEffect, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { usePlan } from '~/job-store/drafts';
import { takeHandover } from '~/data/handover';
import { removeExternalIds } from '~/actions/user/external-ids';
import { renameProvider } from '~/actions/user/external-ids-change';
import { useOpenWith } from '~/entities/list/use-open-with';
import { startAction } from '~/job-store/action-jobs';
import { useSession } from '~/data/session';
import { paths } from '~/lib/paths';
import { parseUserIds } from '~/lib/mxid';
import type { Text } from '~/lib/text';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import {
  FIRST_READ,
  FIRST_REMOVE,
  holdersOf,
  providerIn,
  ruleText,
  type ReadChoice,
  type RemoveChoice,
} from './choice';
import { ChooseStep } from './ChooseStep';
import { keptRead, keptRemoval } from './kept-choice';
import { planRemoval, type ExternalIdsPlan } from './plan';
import { ReviewStep, type Saved } from './ReviewStep';
import { beginScan, type ScanResult, type Whom } from './scan';

interface Planned {
  plan: ExternalIdsPlan;
  /** The backup, once it was handed to the browser. */
  saved: Saved | null;
}

/** Removes the IDs of one provider, of all users or some; or finds those whose IDs move to another provider name. */
export function ExternalIdsWizard() {
  const session = useSession();
  const navigate = useNavigate();
  const openWith = useOpenWith();
  const showJob = useShowJob();
  const { t } = useLingui();
  const read = usePlan<ReadChoice, ScanResult>('external-ids/read', FIRST_READ, keptRead);
  const removal = usePlan<RemoveChoice, Planned>('external-ids/remove', FIRST_REMOVE, keptRemoval);
  const scanned = read.planned;
  // Before the effect below has run, what is there may have been planned from another reading.
  const planned = removal.choice.scanned === scanned ? removal.planned : null;
  const rule = useMemo(
    () => (planned ? ruleText(read.choice, removal.choice, session.serverName) : ''),
    [planned, read.choice, removal.choice, session.serverName],
  );

  const { drop, choose } = read;
  const { choose: remove } = removal;
  useEffect(() => {
    const { users, input } = takeHandover(paths.externalIds());
    if (!users) return;
    // Whoever comes from a list or a user's page means these users, not what was read before.
    drop();
    choose({ handed: users, from: 'handed' });
    // A job that left some of its users was of one provider.
    remove({ provider: providerIn(input), what: 'remove', to: '', from: 'all', some: '' });
  }, [drop, choose, remove]);
  useEffect(() => remove({ scanned }), [remove, scanned]);

  const scan = (whom: Whom) => read.make((making) => beginScan(session, whom, making));
  const makePlan = () => {
    const { provider, what, to, from, some } = removal.choice;
    if (!scanned || provider === null) return;
    const only = from === 'all' ? null : parseUserIds(some, session.serverName, 'alone').ids;
    if (what === 'rename') {
      // Its plan reads each of them again.
      const users = { ids: holdersOf(scanned, provider, only) };
      openWith(paths.bulk(renameProvider.kind), { users, input: { from: provider, to: to.trim() } });
      return;
    }
    remove({ scanned });
    removal.make((making) =>
      making.finish({
        plan: planRemoval({ scanned, provider, only, me: session.userId, mas: session.mas }),
        saved: null,
      }),
    );
    void navigate(paths.externalIds('review'));
  };
  const begin = (ready: ExternalIdsPlan, count: number, from: Text) => {
    const facts = { items: ready.items, input: { provider: ready.provider }, rule: from };
    const started = startAction(removeExternalIds, facts, session, count);
    showJob(started.id, () => {
      // What was read is not true any more.
      removal.drop();
      read.drop();
    });
  };

  return (
    <Wizard
      title={t`Remove external IDs`}
      about={t`Remove the IDs of one single sign-on provider from users, or rename the provider. You see each user’s IDs before and after.`}
      pathOf={paths.externalIds}
      blocked={planned ? null : t`Read the users and choose a provider first.`}
    >
      {(step) =>
        step === 'choose' ? (
          <ChooseStep
            session={session}
            read={read}
            choice={removal.choice}
            onChoose={remove}
            onScan={scan}
            onNext={makePlan}
          />
        ) : (
          planned &&
          scanned && (
            <ReviewStep
              plan={planned.plan}
              readAt={scanned.at}
              rule={rule}
              session={session}
              saved={planned.saved}
              onSaved={(saved) => removal.replan({ ...planned, saved })}
              onRun={begin}
            />
          )
        )
      }
    </Wizard>
  );
}
