import type { AnyAction } from '~/actions/action';
import { eventReportOf } from '~/api/report-asks';
import { emailOf, linkOf, personalOf, sessionOf } from '~/actions/mas/ids';
import { partsOf } from '~/actions/member/member';

/** The IDs that an item is known by: a member, an alias or an event of a room by its own and the room’s, a session by the user’s and the device’s. */
export function idsOf({ entity }: AnyAction, id: string): readonly [first: string, ...more: string[]] {
  if (entity === 'member' || entity === 'alias' || entity === 'event') {
    const { userId: first, roomId } = partsOf(id);
    return [first, roomId];
  }
  if (entity === 'report') return [eventReportOf(id).id];
  if (entity === 'mas-session') {
    const { id: session, userId } = sessionOf(id);
    return userId === '' ? [session] : [userId, session];
  }
  if (entity === 'personal-token') {
    const { id: token, userId } = personalOf(id);
    return userId === '' ? [token] : [userId, token];
  }
  if (entity === 'email') {
    const { userId, address } = emailOf(id);
    return [address, userId];
  }
  if (entity === 'upstream-link') {
    const { userId, providerId, subject } = linkOf(id);
    return [subject, userId, providerId];
  }
  const blank = entity === 'device' ? id.indexOf(' ') : -1;
  return blank === -1 ? [id] : [id.slice(0, blank), id.slice(blank + 1)];
}
