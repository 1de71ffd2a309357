import { msg, plural } from '@lingui/core/macro';
import type { Destination } from '~/api/federation';
import {
  destinationFilter,
  destinationListSchema,
  federation,
  USUAL_DESTINATION_LIST,
  type DestinationFilter,
  type DestinationListState,
} from '~/data/federation';
import { readParams, writeParams } from '~/data/list-state';
import { DESTINATION_ORDER_GROUPS, OF_DESTINATION, WHICH_DESTINATION } from '~/entities/destination/columns';
import { ActionMenu } from '~/entities/action/ActionMenu';
import type { ListDefinition } from '~/entities/list/list';
import { DestinationFilters } from './DestinationFilters';
import { SelectedDestinations } from './SelectedDestinations';

export const DESTINATIONS_LIST: ListDefinition<Destination, DestinationListState, DestinationFilter> = {
  name: 'destinations',
  words: {
    label: msg`Servers`,
    all: (total) => msg`${plural(total, { one: '# server', other: '# servers' })}`,
    some: (first, last, total) => msg`${first}–${last} of ${plural(total, { one: '# server', other: '# servers' })}`,
    unread: msg`Could not load the servers`,
    refresh: msg`Refresh servers`,
  },
  params: {
    read: (params) => readParams(destinationListSchema, params),
    write: (state) => writeParams({ ...state }, USUAL_DESTINATION_LIST),
  },
  usual: USUAL_DESTINATION_LIST,
  keyOf: ({ destination }) => destination,
  which: WHICH_DESTINATION,
  columns: OF_DESTINATION,
  menu: ({ destination }) => <ActionMenu entity="destination" id={destination} look="row" />,
  orders: () => DESTINATION_ORDER_GROUPS,
  filter: destinationFilter,
  query: (state, { homeserver }) => federation.list(homeserver, state),
  Filters: DestinationFilters,
  Actions: SelectedDestinations,
  empty: {
    unmatched: { title: msg`No servers found`, text: msg`The search looks at server names.` },
    none: {
      title: msg`No other servers yet`,
      text: msg`A server is listed once this homeserver has tried to send something to it.`,
    },
  },
};
