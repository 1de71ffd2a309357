import type { Route } from '../call';
import { accountRoutes } from './accounts';
import { contentRoutes } from './content';
import { deviceRoutes } from './devices';
import { federationRoutes } from './federation';
import { homeserverRoutes } from './homeserver';
import { mediaRoutes } from './media';
import { registrationTokenRoutes } from './registration-tokens';
import { reportRoutes } from './reports';
import { roomDeleteRoutes } from './room-delete';
import { roomEventRoutes } from './room-events';
import { roomJoinRoutes } from './room-join';
import { roomKickRoutes } from './room-kick';
import { roomRedactRoutes } from './room-redact';
import { roomRoutes } from './rooms';
import { serverNoticeRoutes } from './server-notices';
import { statisticsRoutes } from './statistics';
import { taskRoutes } from './tasks';
import { userRoutes } from './users';

/** In the order in which they are tried: the first pattern that fits decides (§0.1). */
export const allRoutes: readonly Route[] = [
  ...homeserverRoutes,
  ...userRoutes,
  ...accountRoutes,
  ...deviceRoutes,
  // `rooms/delete_status/{id}` before `rooms/{id}/…`.
  ...roomDeleteRoutes,
  ...roomRoutes,
  ...roomJoinRoutes,
  ...roomKickRoutes,
  ...roomRedactRoutes,
  ...roomEventRoutes,
  ...mediaRoutes,
  ...contentRoutes,
  ...statisticsRoutes,
  ...registrationTokenRoutes,
  ...reportRoutes,
  ...federationRoutes,
  ...taskRoutes,
  ...serverNoticeRoutes,
];
