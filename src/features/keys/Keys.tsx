import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useNavigate } from 'react-router';
import { createKeybindingsHandler } from 'tinykeys';
import { keysAreOn, loadKeys } from '~/data/kept-keys';
import type { Words } from '~/lib/words';
import { tableInUse } from '~/ui/table-keys';
import { isElsewhere, GO } from './keys';
import { KeysDialog } from './KeysDialog';

export interface KeyScreen {
  readonly to: string;
  readonly label: Words;
}

/** Listens to the keys of every page: to go somewhere, through a list, and to be shown what there is. It shows nothing by itself. */
export function Keys({ screens }: { screens: readonly KeyScreen[] }) {
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const isOn = useSyncExternalStore(keysAreOn.subscribe, keysAreOn.get);
  useEffect(() => void loadKeys(), []);
  const go = useRef(navigate);
  useEffect(() => {
    go.current = navigate;
  });
  useEffect(() => {
    const byLetter = new Map(screens.flatMap(({ to }) => (GO[to] === undefined ? [] : [[GO[to], to] as const])));
    // One sequence for all: of several, the library leaves those half pressed that come after the one that fired.
    const goSomewhere = `g (${[...byLetter.keys()].join('|')})`;
    const letters: Record<string, (event: KeyboardEvent) => void> = isOn
      ? {
          [goSomewhere](event) {
            const to = byLetter.get(event.key.toLowerCase());
            if (to !== undefined) void go.current(to);
          },
          j: () => tableInUse()?.move(1),
          k: () => tableInUse()?.move(-1),
          x: () => tableInUse()?.toggle(),
        }
      : {};
    const onKey = createKeybindingsHandler(
      {
        ...letters,
        Enter: (event: KeyboardEvent) => {
          if (tableInUse()?.open()) event.preventDefault();
        },
        '[Shift]+?': (event: KeyboardEvent) => {
          event.preventDefault();
          open();
        },
      },
      { ignore: isElsewhere },
    );
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [screens, isOn, open]);
  return <KeysDialog opened={opened} onClose={close} screens={screens} isOn={isOn} />;
}
