import { ListPage } from '~/entities/list/ListPage';
import { UPLOADERS_LIST } from '~/entities/media/uploaders-list';

/** How much each user has uploaded. */
export function MediaByUser() {
  return <ListPage list={UPLOADERS_LIST} />;
}
