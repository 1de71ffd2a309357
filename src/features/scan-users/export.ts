import { is, type Flag, type ScannedUser } from '~/job-store/scanned-user';
import type { ScanHead } from '~/job-store/user-scans';
import { pageEnvironment } from '~/jobs/environment';
import { BOM, csvLine, type Cell } from '~/lib/csv';
import { isoTime } from '~/lib/times';

/** What was scanned, as a file: only users that match the filter, in the order shown. */

const FLAGS: readonly Flag[] = ['admin', 'deactivated', 'locked', 'suspended', 'shadow_banned', 'erased', 'is_guest'];

const HEADS = [
  'user_id',
  'displayname',
  ...FLAGS,
  'user_type',
  'appservice_id',
  'created',
  'last_seen',
  'consent_version',
  'emails',
  'phones',
  'external_ids',
  'devices',
  'media_count',
  'media_bytes',
] as const;

/** An import takes what stands between for several, and never for one. */
const SEPARATOR = '; ';

const cellsOf = (user: ScannedUser): Cell[] => [
  user.userId,
  user.displayname,
  ...FLAGS.map((flag) => is(user, flag)),
  user.userType,
  user.appservice,
  isoTime(user.createdAt),
  isoTime(user.seenAt),
  user.consent,
  user.emails.join(SEPARATOR),
  user.phones,
  user.externalIds.map(({ auth_provider, external_id }) => `${auth_provider}:${external_id}`).join(SEPARATOR),
  user.devices,
  user.files,
  user.bytes,
];

const jsonOf = (user: ScannedUser): string =>
  JSON.stringify({
    user_id: user.userId,
    displayname: user.displayname,
    ...Object.fromEntries(FLAGS.map((flag) => [flag, is(user, flag)])),
    user_type: user.userType,
    appservice_id: user.appservice,
    created: isoTime(user.createdAt),
    last_seen: isoTime(user.seenAt),
    consent_version: user.consent,
    emails: user.emails,
    phones: user.phones,
    external_ids: user.externalIds,
    devices: user.devices,
    media_count: user.files,
    media_bytes: user.bytes,
  });

/** Users written between two turns of the page. */
const STEP = 250;

/** @param head the scan that they are of */
export async function scanFile(users: readonly ScannedUser[], head: ScanHead, format: 'csv' | 'json'): Promise<Blob> {
  const isCsv = format === 'csv';
  const parts = [new Blob([isCsv ? BOM + csvLine(HEADS) : `${aboutOf(head, users.length).slice(0, -1)},"users":[\n`])];
  for (let from = 0; from < users.length; from += STEP) {
    const some = users.slice(from, from + STEP);
    const text = isCsv
      ? some.map((user) => csvLine(cellsOf(user))).join('')
      : (from === 0 ? '' : ',\n') + some.map(jsonOf).join(',\n');
    // A blob each: the browser may hold it outside of the page's memory.
    parts.push(new Blob([text]));
    await pageEnvironment.yieldToPage();
  }
  if (!isCsv) parts.push(new Blob(['\n]}\n']));
  return new Blob(parts, { type: isCsv ? 'text/csv;charset=utf-8' : 'application/json' });
}

const aboutOf = (head: ScanHead, count: number): string =>
  JSON.stringify({
    report: 'glia-user-scan',
    version: 1,
    homeserver: head.baseUrl,
    user: head.userId,
    started: isoTime(head.startedAt),
    ended: isoTime(head.endedAt),
    listed: head.total,
    count,
  });
