import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { readParams } from '~/data/list-state';
import { useSession } from '~/data/session';
import { statistics, uploaderListSchema } from '~/data/statistics';
import { ListPage } from '~/entities/list/ListPage';
import { UPLOADERS_LIST } from '~/entities/media/uploaders-list';
import { localpartOf } from '~/entities/user/localpart';
import { isolated } from '~/lib/shown-text';
import { AmountPlot } from '~/ui/charts/AmountPlot';
import classes from './MediaByUser.module.css';
import { MediaTotals } from './MediaTotals';

const SHOWN = 10;

/** How much each user has uploaded: what there is in all, the list, and its largest as a plot. */
export function MediaByUser() {
  const { homeserver } = useSession();
  const [search] = useSearchParams();
  const state = readParams(uploaderListSchema, search);
  // The question of the list itself: it is asked once.
  const { data } = useQuery(statistics.uploaders(homeserver, state));
  const largest = (data?.rows ?? [])
    .flatMap(({ user_id: id, media_length: bytes }) =>
      bytes == null || bytes <= 0 ? [] : [{ name: isolated(localpartOf(id)), bytes }],
    )
    .toSorted((one, other) => other.bytes - one.bytes)
    .slice(0, SHOWN);
  return (
    <>
      <MediaTotals state={state} users={data?.total} />
      <div className={classes.split}>
        <div className={classes.list}>
          <ListPage list={UPLOADERS_LIST} />
        </div>
        {largest.length > 1 && (
          <aside className={classes.plot}>
            <AmountPlot caption={t`The largest of this page`} amounts={largest} />
          </aside>
        )}
      </div>
    </>
  );
}
