import { msg, plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, List, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addLink, removeLink } from '~/actions/mas/upstream-link';
import { allLinksOf, masThings, providerName } from '~/data/mas-things';
import { useSession } from '~/data/session';
import { useOpenWith } from '~/entities/list/use-open-with';
import { UserLink } from '~/entities/user/UserLink';
import { paths } from '~/lib/paths';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';
import { Page } from '~/ui/Page';
import { Section } from '~/ui/Section';
import { movePlan, type MovePlan } from './move-plan';

const PARENT = { label: msg`Authentication service`, to: `${paths.mas()}?tab=upstream` };

/**
 * Moves links to another provider in two jobs, each with a plan, a report and an undo: nobody is without a link in between. What is
 * left to do is read from the links that there are.
 */
export function MoveLinksPage() {
  const { homeserver } = useSession();
  const reading = useQuery(masThings.providers(homeserver));
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const choices = (reading.data ?? []).map((one) => ({ value: one.id, label: providerName(one) }));
  const none = { value: '', label: t`Choose one` };
  return (
    <Page
      title={t`Move links to another provider`}
      parent={PARENT}
      about={t`For when users sign in through another provider from now on, and are known there by the same subject.`}
    >
      <Section unread={t`Could not load the providers`} reading={reading}>
        {() => (
          <Stack gap="lg" maw={760}>
            <Group align="flex-end" gap="sm">
              <NativeSelect
                label={t`From`}
                value={from}
                data={[none, ...choices]}
                onChange={(event) => setFrom(event.currentTarget.value)}
              />
              <NativeSelect
                label={t`To`}
                value={to}
                data={[none, ...choices]}
                onChange={(event) => setTo(event.currentTarget.value)}
                error={to !== '' && to === from && t`Choose another one.`}
              />
            </Group>
            {from !== '' && to !== '' && from !== to && <Steps key={`${from} ${to}`} from={from} to={to} />}
          </Stack>
        )}
      </Section>
    </Page>
  );
}

function Steps({ from, to }: { from: string; to: string }) {
  const session = useSession();
  const reading = useQuery({
    queryKey: [session.homeserver.baseUrl, 'mas', 'move-links', from, to],
    queryFn: async ({ signal }) => {
      const [old, present] = await Promise.all([allLinksOf(session, from, signal), allLinksOf(session, to, signal)]);
      return { plan: movePlan(old.rows, present.rows, to), odd: old.odd + present.odd };
    },
  });
  return (
    <Section unread={t`Could not load the links`} refresh={t`Refresh links`} reading={reading}>
      {({ plan, odd }) => (
        <Stack gap="lg">
          {odd > 0 && (
            <Notice tone="warning">
              {t`${plural(odd, { one: '# link could not be read and is left out.', other: '# links could not be read and are left out.' })}`}
            </Notice>
          )}
          <TwoSteps plan={plan} />
          <LeftOut plan={plan} />
        </Stack>
      )}
    </Section>
  );
}

function TwoSteps({ plan: { add, remove } }: { plan: MovePlan }) {
  const openWith = useOpenWith();
  const open = (kind: string, ids: readonly string[]) =>
    openWith(paths.bulk(kind), { things: { entity: 'upstream-link', ids } });
  return (
    <>
      <section>
        <Title order={2} size="h4">
          {t`1. Add the new links`}
        </Title>
        <Text size="sm" my="xs">
          {add.length === 0
            ? t`Nothing to add: everyone who has an old link has the new one, too.`
            : t`${plural(add.length, { one: '# user has only the old link.', other: '# users have only the old link.' })} The new one gets the same subject. They can sign in through both then.`}
        </Text>
        <Button size="xs" disabled={add.length === 0} onClick={() => open(addLink.kind, add)}>
          {t`Add ${plural(add.length, { one: '# link', other: '# links' })}…`}
        </Button>
      </section>
      <section>
        <Title order={2} size="h4">
          {t`2. Remove the old links`}
        </Title>
        <Text size="sm" my="xs">
          {remove.length === 0
            ? t`Nobody has both yet. Come back when the first step is done.`
            : t`${plural(remove.length, { one: '# user has both links.', other: '# users have both links.' })} Let somebody sign in through the new provider before you remove the old links.`}
        </Text>
        <Button
          size="xs"
          variant="default"
          disabled={remove.length === 0}
          onClick={() => open(removeLink.kind, remove)}
        >
          {t`Remove ${plural(remove.length, { one: '# old link', other: '# old links' })}…`}
        </Button>
      </section>
    </>
  );
}

const SHOWN = 20;

function LeftOut({ plan: { taken, nobody } }: { plan: MovePlan }) {
  if (taken.length === 0 && nobody === 0) return null;
  return (
    <Notice tone="warning" title={t`Not moved`}>
      {nobody > 0 && (
        <Text size="sm">
          {t`${plural(nobody, { one: '# old link belongs to no account.', other: '# old links belong to no account.' })}`}
        </Text>
      )}
      {taken.length > 0 && (
        <>
          <Text size="sm">
            {t`${plural(taken.length, { one: '# subject is linked to another account at the new provider:', other: '# subjects are linked to other accounts at the new provider:' })}`}
          </Text>
          <List size="sm">
            {taken.slice(0, SHOWN).map(({ id, subject, userId }) => (
              <List.Item key={id}>
                <Trans>
                  <Outside as="id" text={subject} /> of <UserLink userId={userId} />
                </Trans>
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Notice>
  );
}
