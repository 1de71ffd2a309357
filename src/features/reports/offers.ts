import { msg } from '@lingui/core/macro';
import type { AnyAction } from '~/actions/action';
import { eventItemId } from '~/actions/event/event';
import { redactEvents } from '~/actions/event/redact';
import { quarantine } from '~/actions/media/quarantine';
import { banMembers } from '~/actions/member/ban';
import { memberId } from '~/actions/member/member';
import { removeMembers } from '~/actions/member/remove';
import { dismissReport } from '~/actions/report/dismiss';
import { dismissUserReports } from '~/actions/report/dismiss-user';
import { block } from '~/actions/room/block';
import { deactivate } from '~/actions/user/deactivate';
import { lock } from '~/actions/user/lock';
import { redact } from '~/actions/user/redact';
import { suspend } from '~/actions/user/suspend';
import { keyOfReport, reportedUser, type Report } from '~/data/report-list';
import { serverOf } from '~/lib/mxid';
import { isUserId } from '~/lib/recognise';
import type { Text } from '~/lib/text';

/** One change, and what of a report it is made to. */
export interface Offer {
  readonly action: AnyAction;
  readonly id: string;
  /** “Lock user” */
  readonly label: Text;
  /** Why it is not possible here, whatever the thing is like. */
  readonly reason?: Text | null;
  /** The report is gone then. */
  readonly ends?: true;
}

const ELSEWHERE = msg`This user is on another homeserver. You can only act in the room.`;
const NO_SENDER = msg`Synapse no longer knows who sent the message.`;

interface About {
  readonly serverName: string;
  /** Files of the message, as `mxc://server/id`. */
  readonly files: readonly string[];
}

/** All that is usually done about a report, in the order in which it is done; the report itself comes last. */
export function offersFor(report: Report, { serverName, files }: About): Offer[] {
  const user = reportedUser(report);
  const known = user !== null && isUserId(user) ? user : null;
  const reason = known === null ? NO_SENDER : serverOf(known) === serverName ? null : ELSEWHERE;
  const ofUser = (action: AnyAction, label: Text): Offer[] => [{ action, id: known ?? '', label, reason }];
  return [
    ...(report.kind === 'message'
      ? [{ action: redactEvents, id: eventItemId(report.event_id, report.room_id), label: msg`Redact message…` }]
      : []),
    ...ofUser(redact, msg`Redact all their messages…`),
    ...files.map((id): Offer => ({ action: quarantine, id, label: msg`Quarantine file` })),
    ...ofUser(lock, msg`Lock user`),
    ...ofUser(suspend, msg`Suspend user`),
    ...ofUser(deactivate, msg`Deactivate user…`),
    ...(report.kind === 'message' && known !== null ? inRoom(known, report.room_id) : []),
    ...(report.kind === 'message' ? [{ action: block, id: report.room_id, label: msg`Block room` }] : []),
    report.kind === 'message'
      ? { action: dismissReport, id: keyOfReport(report), label: msg`Dismiss report`, ends: true }
      : { action: dismissUserReports, id: String(report.id), label: msg`Dismiss report`, ends: true },
  ];
}

const inRoom = (userId: string, roomId: string): Offer[] => [
  { action: removeMembers, id: memberId(userId, roomId), label: msg`Remove from room…` },
  { action: banMembers, id: memberId(userId, roomId), label: msg`Ban from room…` },
];
