import { useLingui } from '@lingui/react/macro';
import { Stack, Text } from '@mantine/core';
import type { AnyAction } from '~/actions/action';
import { countOf } from '~/actions/titles';
import { OF_ENTITY } from '~/entities/action/of-entity';
import { wordsOf } from '~/lib/words';

/** So many are named; the plan lists all of them. */
const SHOWN = 5;

/** What was selected in a list. */
export function HandedThings({ action, ids }: { action: AnyAction; ids: readonly string[] }) {
  const { t } = useLingui();
  if (ids.length === 0)
    return <Text size="sm">{t`Nothing is selected. Go back to the list and select something there.`}</Text>;
  const { cell } = OF_ENTITY[action.entity];
  const rest = ids.length - SHOWN;
  return (
    <Stack gap="xs">
      <Text fw={600}>{wordsOf(countOf(action, ids.length))}</Text>
      {ids.slice(0, SHOWN).map((id) => (
        <div key={id}>{cell(id)}</div>
      ))}
      {rest > 0 && <Text size="sm" c="dimmed">{t`and ${rest} more`}</Text>}
    </Stack>
  );
}
