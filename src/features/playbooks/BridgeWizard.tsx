import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useNavigate } from 'react-router';
import { bridge, bridgeForm } from '~/actions/playbook/bridge';
import { useSession, type Session } from '~/data/session';
import { ActionForm } from '~/entities/action/ActionForm';
import { usePlan } from '~/job-store/drafts';
import { ownerOf, useSignedInAs } from '~/job-store/jobs';
import { startPlaybook } from '~/job-store/playbook-jobs';
import { paths } from '~/lib/paths';
import { isUserId } from '~/lib/recognise';
import { PlanStages } from '~/ui/wizard/PlanStages';
import { StepActions } from '~/ui/wizard/StepActions';
import { useShowJob } from '~/ui/wizard/use-show-job';
import { Wizard } from '~/ui/wizard/Wizard';
import { FIRST_BRIDGE, keptBridge, type BridgeChoice } from './choice';
import { planGhosts, type BridgePlanned, type BridgeSteps, type Ghosts } from './ghosts';
import classes from './playbooks.module.css';
import { PortalRooms, Portals } from './PortalRooms';
import { targetsOf } from './portals';
import { ReviewAccounts } from './ReviewAccounts';

/** Removes what a bridge left: choose it, review, run. */
export function BridgeWizard() {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  const showJob = useShowJob();
  const signedIn = useSignedInAs(ownerOf(session));
  const plan = usePlan<BridgeChoice, BridgePlanned>('playbooks/bridge', FIRST_BRIDGE, keptBridge);
  const { choice, choose, make, drop, isMaking, planned, problem } = plan;
  return (
    <Wizard
      title={t`Tear down a bridge`}
      about={t`Deletes the files of its ghosts and the rooms that only the bridge is in, then deactivates the ghosts. The bot stays.`}
      pathOf={paths.bridge}
      blocked={isMaking || planned || problem !== null ? null : t`Choose the bridge first.`}
    >
      {(step) =>
        step === 'choose' ? (
          <ChooseBridge
            session={session}
            choice={choice}
            onChange={choose}
            onPlan={(ghosts, steps) => {
              make((making) => planGhosts(ghosts, steps, session, making));
              void navigate(paths.bridge('review'));
            }}
          />
        ) : (
          <PlanStages
            plan={plan}
            signedIn={signedIn}
            reads={(stage) =>
              stage === 'list'
                ? t`Glia first reads the list of users, with one request per 1,000 users.`
                : stage === 'rooms'
                  ? t`Glia reads who is in each room of the ghosts, with one request per room.`
                  : t`Glia reads each account with its rooms and files, with up to 3 requests per account.`
            }
            mayGoWithout={(stage) => stage !== 'list'}
            look={(stage) => ({ idHeader: stage === 'list' ? t`Page` : stage === 'rooms' ? t`Room` : t`User` })}
            onDrop={drop}
            cancelTo={paths.bridge('choose')}
            afterProblem={<StepActions back={{ label: t`Back to choosing`, to: paths.bridge('choose') }} />}
          >
            {(ready) => (
              <ReviewAccounts
                playbook={bridge}
                planned={ready}
                memberships={(count) =>
                  plural(count, {
                    0: 'They are in no rooms.',
                    one: 'They are members of rooms once.',
                    other: 'They are members of rooms # times.',
                  })
                }
                sentence={(count) => plural(count, { one: 'Remove # ghost', other: 'Remove # ghosts' })}
                backTo={paths.bridge('choose')}
                besides={Portals}
                below={PortalRooms}
                targetsOf={(runs) => targetsOf(ready, runs)}
                onRun={(targets, count) =>
                  showJob(startPlaybook(bridge, { targets, input: ready.input }, session, count).id, drop)
                }
              />
            )}
          </PlanStages>
        )
      }
    </Wizard>
  );
}

interface ChooseBridgeProps {
  session: Session;
  choice: BridgeChoice;
  onChange(part: Partial<BridgeChoice>): void;
  onPlan(ghosts: Ghosts, steps: BridgeSteps): void;
}

function ChooseBridge({ session, choice, onChange, onPlan }: ChooseBridgeProps) {
  const { t } = useLingui();
  const { by, appservice, prefix, bot } = choice;
  const values = choice.values ?? bridgeForm.initial;
  const entered = bridgeForm.read(values);
  const example = `@telegram_`;
  const botExample = `@telegrambot:${session.serverName}`;
  const ghosts = ghostsOf();
  return (
    <Stack gap="lg">
      <div className={classes.card}>
        <Radio.Group
          label={t`How are the ghosts known?`}
          value={by}
          onChange={(value) => onChange({ by: value === 'appservice' ? 'appservice' : 'prefix' })}
        >
          <Stack gap="sm" mt="xs">
            <Radio value="prefix" label={t`By how their user IDs begin`} />
            <Radio
              value="appservice"
              label={t`By the ID of the application service`}
              description={t`Glia has to read every user of the homeserver, with one request per user: the list does not say it.`}
            />
          </Stack>
        </Radio.Group>
        <Stack gap="md" mt="md">
          {by === 'prefix' ? (
            <TextInput
              label={t`Their user IDs begin with`}
              placeholder={example}
              value={prefix}
              onChange={(event) => onChange({ prefix: event.currentTarget.value })}
            />
          ) : (
            <TextInput
              label={t`ID of the application service`}
              description={t`As its registration file says under “id”.`}
              value={appservice}
              onChange={(event) => onChange({ appservice: event.currentTarget.value })}
            />
          )}
          <TextInput
            label={t`Bot of the bridge`}
            description={t`Its user ID, if it has one. The bot stays, and counts as part of the bridge.`}
            placeholder={botExample}
            value={bot}
            error={bot.trim() !== '' && !isUserId(bot.trim()) ? t`A user ID looks like @name:example.org.` : null}
            onChange={(event) => onChange({ bot: event.currentTarget.value })}
          />
          <Text size="sm" c="dimmed">
            <Trans>
              Accounts that belong to no application service are left out, and so are admins. Glia reads each ghost with
              up to 3 requests, and each of their rooms with one. You can cancel this at any time.
            </Trans>
          </Text>
        </Stack>
      </div>
      <div className={classes.card}>
        <Stack gap="md">
          <Title order={3} size="h4">
            <Trans>What is done with each, in this order</Trans>
          </Title>
          <ActionForm
            fields={bridgeForm.fields}
            values={values}
            problems={'problems' in entered ? entered.problems : {}}
            onChange={(next) => onChange({ values: next })}
          />
        </Stack>
      </div>
      <StepActions
        next={{
          label: t`Review`,
          disabled:
            typeof ghosts === 'string'
              ? ghosts
              : 'problems' in entered
                ? t`Some fields are not filled in correctly.`
                : null,
          onClick: () => typeof ghosts !== 'string' && 'input' in entered && onPlan(ghosts, entered.input),
        }}
      />
    </Stack>
  );

  function ghostsOf(): Ghosts | string {
    const kept = bot.trim();
    if (kept !== '' && !isUserId(kept)) return t`The user ID of the bot is not valid.`;
    if (by === 'appservice') {
      const id = appservice.trim();
      return id === '' ? t`Enter the ID of the application service first.` : { by, appservice: id, bot: kept };
    }
    // Two characters would be many people's names.
    const begin = prefix.trim();
    return begin.replace(/^@/, '').length < 3
      ? t`Enter how their user IDs begin, with at least 3 characters.`
      : { by: 'prefix', prefix: begin, bot: kept };
  }
}
