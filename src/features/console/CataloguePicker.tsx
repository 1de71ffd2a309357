import { useLingui } from '@lingui/react/macro';
import { Select, Text, type ComboboxItem, type ComboboxItemGroup, type OptionsFilter } from '@mantine/core';
import { useMemo } from 'react';
import { useSession } from '~/data/session';
import { wordsOf } from '~/lib/words';
import { CATALOGUE, ENTRIES } from './catalogue/catalogue';
import { nameOf, type Entry } from './catalogue/entry';
import classes from './Console.module.css';
import { whyNot } from './guard';

/** Without what all of them begin with. */
const shortOf = ({ method, template }: Entry): string =>
  `${method} ${template.replace('/_synapse/admin', '').replace('/_matrix/client', '')}`;

const BY_NAME = new Map(ENTRIES.map((entry) => [nameOf(entry), entry]));

interface CataloguePickerProps {
  entry: Entry | null;
  onPick(entry: Entry): void;
}

/** Every request that is known, found by its path or by what it does. */
export function CataloguePicker({ entry, onPick }: CataloguePickerProps) {
  const { t, i18n } = useLingui();
  const session = useSession();
  const data = useMemo(
    () =>
      CATALOGUE.map(({ label, entries }) => ({
        group: wordsOf(label),
        items: entries.map((one) => ({ value: nameOf(one), label: shortOf(one) })),
      })),
    // oxlint-disable-next-line react/exhaustive-deps -- in another language the groups have other names
    [i18n.locale],
  );
  return (
    <Select
      label={t`Request`}
      placeholder={t`Find a request by what it does, or by its path`}
      data={data}
      value={entry ? nameOf(entry) : null}
      onChange={(name) => {
        const picked = BY_NAME.get(name ?? '');
        if (picked) onPick(picked);
      }}
      searchable
      filter={byWords}
      nothingFoundMessage={t`Nothing found. You can type any path below.`}
      maxDropdownHeight={420}
      allowDeselect={false}
      classNames={{ input: classes.mono ?? '' }}
      comboboxProps={{ withinPortal: false }}
      renderOption={({ option }) => {
        const one = BY_NAME.get(option.value);
        const reason = one ? whyNot(one, session) : null;
        return (
          <span className={classes.option} data-absent={reason !== null || undefined}>
            <code className={classes.mono}>{option.label}</code>
            <Text span size="xs" c="dimmed">
              {one && wordsOf(one.about)}
            </Text>
          </span>
        );
      }}
    />
  );
}

/** Each word must be in its path or in what it does. */
const byWords: OptionsFilter = ({ options, search }) => {
  const needles = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ value, label }: ComboboxItem) => {
    const about = BY_NAME.get(value)?.about;
    const hay = `${label} ${value} ${about === undefined ? '' : wordsOf(about)}`.toLowerCase();
    return needles.every((needle) => hay.includes(needle));
  };
  return (options as ComboboxItemGroup<ComboboxItem>[]).flatMap(({ group, items }) => {
    const found = items.filter(fits);
    return found.length === 0 ? [] : [{ group, items: found }];
  });
};
