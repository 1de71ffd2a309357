import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Group, List, Paper, SimpleGrid, Stack } from '@mantine/core';
import { formatCount } from '~/lib/numbers';
import { textKey, type Text } from '~/lib/text';
import { wordsOf } from '~/lib/words';
import { BarTable } from '~/ui/charts/BarTable';
import { MonthPlot } from '~/ui/charts/MonthPlot';
import { Notice } from '~/ui/Notice';
import { Outside } from '~/ui/Outside';
import { StateTag } from '~/ui/StateTag';
import { VERDICTS, type Plan } from './plan';
import type { PacksFound as Packs } from './sticker-packs';
import { keptWords, VERDICT_DOTS } from './verdicts';

/** How many files are kept, and why. */
export function KeptFiles({ plan }: { plan: Plan }) {
  const kept = VERDICTS.filter((verdict) => verdict !== 'delete').filter((verdict) => plan.totals[verdict].files > 0);
  if (kept.length === 0) return null;
  return (
    <Group gap="xs">
      {kept.map((verdict) => (
        <StateTag key={verdict} dot={VERDICT_DOTS[verdict]}>
          {keptWords(verdict, plan.totals[verdict].files)}
        </StateTag>
      ))}
    </Group>
  );
}

/** What the plan deletes, by month, type and owner. */
export function PlanPlots({ plan }: { plan: Plan }) {
  const { t } = useLingui();
  if (plan.totals.delete.files === 0) return null;
  return (
    <Paper withBorder p="md">
      <Stack gap="lg">
        <MonthPlot
          caption={plan.rule.by === 'uploaded-before' ? t`Size by month of upload` : t`Size by month last opened`}
          months={plan.months}
        />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
          <BarTable caption={t`By type`} header={t`Type`} rows={plan.types} />
          <BarTable caption={t`By user`} header={t`User`} rows={plan.owners} />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}

/** What was found of sticker packs, also where it is nothing: then the wrong room was chosen. */
export function PacksFound({ packs }: { packs: readonly Packs[] }) {
  const { t } = useLingui();
  if (packs.length === 0) return null;
  return (
    <Notice title={t`Stickers and custom emoji that are kept`}>
      <List size="sm">
        {packs.slice(0, SHOWN).map(({ room, packs: count, pictures }) => (
          <List.Item key={room}>
            <Outside as="id" text={room} />{' '}
            {count === 0
              ? t`has no packs.`
              : t`has ${plural(count, { one: '# pack', other: '# packs' })} with ${plural(pictures, { one: '# file of this homeserver', other: '# files of this homeserver' })}.`}
          </List.Item>
        ))}
        <More count={packs.length - SHOWN} />
      </List>
    </Notice>
  );
}

function More({ count }: { count: number }) {
  const more = formatCount(count);
  return (
    count > 0 && (
      <List.Item>
        <Trans>and {more} more</Trans>
      </List.Item>
    )
  );
}

const SHOWN = 10;

export function PlanNotes({ notes }: { notes: readonly Text[] }) {
  const { t } = useLingui();
  if (notes.length === 0) return null;
  return (
    <Notice tone="warning" title={t`Not covered by this plan`}>
      <List size="sm">
        {notes.slice(0, SHOWN).map((note) => (
          <List.Item key={textKey(note)}>{wordsOf(note)}</List.Item>
        ))}
        <More count={notes.length - SHOWN} />
      </List>
    </Notice>
  );
}
