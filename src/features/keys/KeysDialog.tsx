import { t } from '@lingui/core/macro';
import { Kbd, Modal, SimpleGrid, Stack, Switch, Text, Title } from '@mantine/core';
import { switchKeys } from '~/data/kept-keys';
import { wordsOf } from '~/lib/words';
import { GO } from './keys';
import classes from './Keys.module.css';
import type { KeyScreen } from './Keys';

interface KeysDialogProps {
  opened: boolean;
  onClose(): void;
  screens: readonly KeyScreen[];
  isOn: boolean;
}

/** All keys there are, and the way to switch off those that are a letter alone. */
export function KeysDialog({ opened, onClose, screens, isOn }: KeysDialogProps) {
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  const goTo = screens.flatMap(({ to, label }) =>
    GO[to] === undefined ? [] : [{ keys: ['g', GO[to]], label: wordsOf(label) }],
  );
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t`Keyboard shortcuts`}
      size="lg"
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
          <KeyList title={t`Go to`} keys={goTo} />
          <Stack gap="md">
            <KeyList
              title={t`In lists`}
              keys={[
                { keys: ['j'], label: t`Next row` },
                { keys: ['k'], label: t`Previous row` },
                { keys: ['x'], label: t`Select the row, or take it back` },
                { keys: ['Enter'], label: t`Open the row` },
              ]}
            />
            <KeyList
              title={t`Everywhere`}
              keys={[
                { keys: mac ? ['⌘ K'] : [t`Ctrl K`], label: t`Find or do something` },
                { keys: ['/'], label: t`Find or do something` },
                { keys: ['?'], label: t`Show these shortcuts` },
                { keys: ['Esc'], label: t`Close a dialog` },
              ]}
            />
          </Stack>
        </SimpleGrid>
        <Switch
          label={t`Shortcuts of single letters`}
          description={t`Switch them off if you dictate, or press letters by accident. This holds for this browser.`}
          checked={isOn}
          onChange={(event) => void switchKeys(event.currentTarget.checked)}
        />
      </Stack>
    </Modal>
  );
}

interface KeyListProps {
  title: string;
  keys: readonly { readonly keys: readonly string[]; readonly label: string }[];
}

function KeyList({ title, keys }: KeyListProps) {
  return (
    <section>
      <Title order={3} size="h6" mb={6}>
        {title}
      </Title>
      <dl className={classes.keys}>
        {keys.map((one) => (
          <div key={one.keys.join(' ')} className={classes.row}>
            <dt>
              {one.keys.map((key) => (
                <Kbd key={key} me={4}>
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>
              <Text size="sm" component="span">
                {one.label}
              </Text>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
