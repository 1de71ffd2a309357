import { t } from '@lingui/core/macro';
import { Button, Group, Loader, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDisclosure } from '@mantine/hooks';
import { IconListCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { verdictOf } from '~/actions/plan';
import { useSession, type Session } from '~/data/session';
import { ActionDialog } from '~/entities/action/ActionDialog';
import { ActionIcon } from '~/entities/action/icons';
import { actionHere, asServer, lookQuery } from '~/job-store/action-jobs';
import { wordsOf } from '~/lib/words';
import { Guard } from '~/ui/Guard';
import { NotYetButton } from '~/ui/NotYetButton';
import type { Report } from '~/data/report-list';
import type { Offer } from './offers';
import { ExportOne } from './ExportReports';
import { SeveralDialog } from './SeveralDialog';
import classes from './reports.module.css';

interface WhatToDoProps {
  report: Report;
  offers: readonly Offer[];
  files: readonly string[];
  /** The report was dismissed. */
  onEnd(): void;
}

/** One bar of all that is usually done about a report. Each thing is looked at first: what is so already says so. */
export function WhatToDo({ report, offers, files, onEnd }: WhatToDoProps) {
  const session = useSession();
  const [chosen, choose] = useState<Offer | null>(null);
  const [isSeveral, several] = useDisclosure();
  return (
    <section className={classes.bar} aria-label={t`What to do`}>
      <Title order={2} size="h4">
        {t`What to do`}
      </Title>
      <Group gap="xs">
        {offers.map((offer) => (
          <Guard key={`${offer.action.kind} ${offer.id}`} of={offer.id} isPart>
            <OfferButton offer={offer} session={session} onChoose={() => choose(offer)} />
          </Guard>
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconListCheck size={16} aria-hidden />}
          onClick={several.open}
        >
          {t`Several at once…`}
        </Button>
      </Group>
      {isSeveral && (
        <SeveralDialog report={report} offers={offers} files={files} onClose={several.close} onEnd={onEnd} />
      )}
      {chosen && (
        <ActionDialog
          action={chosen.action}
          id={chosen.id}
          onClose={() => choose(null)}
          {...(chosen.ends && { onDone: onEnd, before: <ExportOne report={report} /> })}
        />
      )}
    </section>
  );
}

interface OfferButtonProps {
  offer: Offer;
  session: Session;
  onChoose(): void;
}

function OfferButton({ offer, session, onChoose }: OfferButtonProps) {
  const { action, label, reason, ends } = offer;
  const guarded = reason ?? action.guard?.(asServer(session)) ?? null;
  const look = {
    size: 'xs',
    variant: ends ? 'filled' : 'default',
    leftSection: <ActionIcon action={action} />,
  } as const;
  if (guarded !== null) {
    return (
      <NotYetButton {...look} reason={wordsOf(guarded)}>
        {wordsOf(label)}
      </NotYetButton>
    );
  }
  // With a form, the dialog looks: what it says hangs on what is entered.
  if (action.form) {
    return (
      <Button {...look} onClick={onChoose}>
        {wordsOf(label)}
      </Button>
    );
  }
  return <Looked offer={offer} session={session} onChoose={onChoose} look={look} />;
}

interface LookedProps extends OfferButtonProps {
  look: { size: 'xs'; variant: 'filled' | 'default'; leftSection: ReactNode };
}

function Looked({ offer: { action: given, id, label }, session, onChoose, look }: LookedProps) {
  const action = actionHere(given, session);
  // What could not be looked at: its dialog tells.
  const { data, isLoading } = useQuery({ ...lookQuery(action, id, session), staleTime: 30_000, gcTime: 60_000 });
  const verdict = data === undefined ? null : verdictOf(action, id, data, null, session.userId);
  if (verdict !== null && verdict.verdict !== 'will') {
    return (
      <NotYetButton {...look} reason={wordsOf(verdict.reason)}>
        {wordsOf(label)}
      </NotYetButton>
    );
  }
  return (
    <Button {...look} leftSection={isLoading ? <Loader size={12} /> : look.leftSection} onClick={onChoose}>
      {wordsOf(label)}
    </Button>
  );
}
