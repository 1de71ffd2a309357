import { changeAsk, lookAsk, type Ask } from './ask';
import { destinationSchema, type Destination } from './federation';
import { path } from './request';

/** Looks at other servers and changes of them, as data (`synapse/rest/admin/federation.py`): what actions send. */

/** `GET /v1/federation/destinations/{name}`: 404 for one that was never sent anything. */
export const lookAtDestination = (name: string): Ask<Destination> =>
  lookAsk(
    path`/_synapse/admin/v1/federation/destinations/${name}`,
    destinationSchema,
    { at: ['destination'], is: name },
    'destinations',
  );

/** `POST …/reset_connection`: Synapse waits no longer, and tries in the background. 400 where it does not wait. */
export const resetConnection = (destination: string): Ask<null> =>
  changeAsk(
    {
      method: 'POST',
      path: path`/_synapse/admin/v1/federation/destinations/${destination}/reset_connection`,
      feature: 'destination-rooms',
    },
    { exactly: {} },
  );
