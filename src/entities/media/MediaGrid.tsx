import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { ShownMedia } from '~/api/media';
import type { RowsProps } from '~/entities/list/list';
import { Notice } from '~/ui/Notice';
import { MediaCard } from './MediaCard';
import classes from './MediaGrid.module.css';

const CARD_PX = 200;
const GAP_PX = 12;
const ROW_PX = 262;

/** Files as cards. Their pictures are fetched when somebody asked for them, since that counts as opening the files. */
export function MediaGrid({ rows, busy, isSelected, onToggle, menu }: RowsProps<ShownMedia>) {
  const [areAsked, ask] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: box, width } = useElementSize();
  const columns = Math.max(1, Math.floor((width + GAP_PX) / (CARD_PX + GAP_PX)));
  const virtualizer = useVirtualizer({
    count: Math.ceil(rows.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 2,
  });
  const first = rows[0]?.media_id;
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no cleanup.
    scroller.current?.scrollTo({ top: 0 });
  }, [first]);
  return (
    <>
      {areAsked ? (
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            <Trans>Pictures of the files in view are fetched. That counts as opening them.</Trans>
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => ask(false)}>
            <Trans>Hide pictures</Trans>
          </Button>
        </Group>
      ) : (
        <Notice tone="warning" title={t`Looking at a picture counts as opening the file`}>
          <span>
            <Trans>
              Synapse then says that it was opened just now, and jobs that delete old files keep it for longer. Glia
              fetches pictures only of the files in view.
            </Trans>
          </span>
          <Group mt={6}>
            <Button size="xs" variant="default" onClick={() => ask(true)}>
              <Trans>Show pictures</Trans>
            </Button>
          </Group>
        </Notice>
      )}
      <div
        ref={scroller}
        className={classes.scroller}
        data-busy={busy || undefined}
        role="region"
        aria-label={t`Files`}
        // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div ref={box} className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
          {width > 0 &&
            virtualizer.getVirtualItems().map(({ index, key, start }) => (
              <ul
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={classes.row}
                style={{
                  transform: `translateY(${start}px)`,
                  gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                }}
              >
                {rows.slice(index * columns, (index + 1) * columns).map((file) => (
                  <MediaCard
                    key={file.media_id}
                    file={file}
                    isAsked={areAsked}
                    isSelected={isSelected(file)}
                    isDisabled={busy}
                    onToggle={(on) => onToggle(file, on)}
                    menu={menu(file)}
                  />
                ))}
              </ul>
            ))}
        </div>
      </div>
    </>
  );
}
