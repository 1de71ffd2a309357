import { plural, t } from '@lingui/core/macro';
import type { BackgroundStatus, ScheduledTask } from '~/api/background';
import type { FailingServers } from '~/api/federation';
import type { OpenReports } from '~/api/open-reports';
import { tokenState, type RegistrationToken } from '~/api/registration-tokens';
import { has, lostOn, updateAdvice } from '~/api/since';
import { ADVISORIES, trapsOf } from '~/api/since-traps';
import type { Accounts } from '~/data/overview';
import type { JobSnapshot } from '~/jobs/job';
import { PAUSE_TEXTS } from '~/jobs/status-texts';
import { clock, relative } from '~/lib/dates';
import { formatCount } from '~/lib/numbers';
import { paths, type Thing } from '~/lib/paths';
import { isolatedWords } from '~/lib/shown-text';
import { isLikelyTime, isTime } from '~/lib/times';
import { wordsOf } from '~/lib/words';

/** What of an answer needs an admin. Pure: what was read goes in, and comes out in the order of its weight. */

export interface Attention {
  readonly id: string;
  readonly tone: 'danger' | 'warning' | 'plain';
  readonly title: string;
  readonly about?: string;
  /** What it is about, as links to their pages. */
  readonly things?: readonly Thing[];
  readonly points?: readonly { readonly text: string; readonly source?: string }[];
  /** Points that matter less, to be opened. */
  readonly more?: { readonly label: string; readonly points: readonly string[] };
  readonly to?: string;
  readonly action?: string;
}

export const REPORTS = '/reports';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** So many are named; the rest is on the page that the action leads to. */
const NAMED = 3;
const SOON = 7 * DAY;
const LONG_AGO = 90 * DAY;

export function reportsFound({ total, newest }: OpenReports, now: number): Attention[] {
  if (!(total > 0)) return [];
  const title = plural(total, { one: '# report of a message is open', other: '# reports of messages are open' });
  const when = newest !== null && isLikelyTime(newest) ? relative(newest, now) : null;
  const about = when === null ? {} : { about: t`The newest came ${when}.` };
  return [{ id: 'reports', tone: 'warning', title, ...about, to: REPORTS, action: t`Review reports` }];
}

/** Less than a day may be a restart. */
export function federationFound({ failing, isPart }: FailingServers, now: number): Attention[] {
  const long = failing.filter(({ failure_ts: since }) => isTime(since) && since > 0 && now - since >= DAY);
  if (long.length === 0) return [];
  const count = long.length;
  const atLeast = formatCount(count);
  const oldest = long[0]?.failure_ts ?? now;
  const when = relative(oldest, now);
  return [
    {
      id: 'federation',
      tone: 'plain',
      title: isPart
        ? t`At least ${atLeast} servers have been unreachable for more than a day`
        : plural(count, {
            one: '# server has been unreachable for more than a day',
            other: '# servers have been unreachable for more than a day',
          }),
      about: t`The first of them failed ${when}. Some may be gone for good.`,
      things: long.slice(0, NAMED).map(({ destination: id }) => ({ kind: 'destination', id })),
      to: `${paths.federation()}?failing=only&order_by=failure_ts`,
      action: t`Show failing servers`,
    },
  ];
}

/** @param stillSince since when this browser saw each update no further, epoch ms */
export function updatesFound(
  { enabled, current_updates: running }: BackgroundStatus,
  stillSince: Readonly<Record<string, number>>,
  now: number,
): Attention[] {
  const action = { to: paths.background(), action: t`Open background tasks` };
  if (!enabled) {
    const title = t`Background updates are paused`;
    const about = t`Synapse doesn’t finish changes of its database. It resumes when you say so, or when it restarts.`;
    return [{ id: 'updates-paused', tone: 'warning', title, about, ...action }];
  }
  return Object.values(running).flatMap(({ name }): Attention[] => {
    const since = stillSince[name];
    if (since === undefined || now - since < HOUR) return [];
    const shown = isolatedWords(name);
    const time = clock(since, now);
    const about = t`This browser saw it no further since ${time}. Synapse’s log may say why.`;
    return [
      { id: `still ${name}`, tone: 'warning', title: t`The background update ${shown} stands still`, about, ...action },
    ];
  });
}

export function tasksFound(failed: readonly ScheduledTask[], now: number): Attention[] {
  const last = failed.at(-1);
  if (last === undefined) return [];
  const when = relative(last.timestamp_ms, now);
  const error = last.error == null || last.error === '' ? null : isolatedWords(last.error.slice(0, 160));
  return [
    {
      id: 'tasks',
      tone: 'warning',
      title: plural(failed.length, { one: '# scheduled task failed', other: '# scheduled tasks failed' }),
      about: error === null ? t`The last one failed ${when}.` : t`The last one failed ${when}: ${error}`,
      to: `${paths.background()}?status=failed`,
      action: t`Show failed tasks`,
    },
  ];
}

/** Security first, then what may go wrong with this version, then what it lacks. */
export function versionFound(version: string): Attention[] {
  const advice = updateAdvice(version);
  const traps = trapsOf(version);
  const lost = lostOn(version).map(wordsOf);
  if (advice === null && traps.length === 0 && lost.length === 0) return [];
  const shown = isolatedWords(version);
  const points = traps.map(({ words, source, fixed }) => ({
    text: `${wordsOf(words)} ${t`Fixed in ${fixed}.`}`,
    source,
  }));
  const title =
    advice === null
      ? traps.length > 0
        ? t`Synapse ${shown} has known problems: update it`
        : t`This homeserver runs an old version of Synapse, ${shown}`
      : wordsOf(advice);
  return [
    {
      id: 'version',
      tone: advice === null ? 'warning' : 'danger',
      title,
      points: [
        ...(advice === null
          ? []
          : [{ text: t`The security issues are listed by Synapse’s authors.`, source: ADVISORIES }]),
        ...points,
      ],
      ...(lost.length > 0 && { more: { label: t`These don’t work with Synapse ${shown}:`, points: lost } }),
    },
  ];
}

export function jobsFound(jobs: readonly JobSnapshot[]): Attention[] {
  return jobs.flatMap(({ id, title, state }): Attention[] => {
    if (state.phase !== 'paused') return [];
    const shown = isolatedWords(wordsOf(title));
    const reason = wordsOf(state.reason);
    const why = wordsOf(PAUSE_TEXTS[state.why]);
    return [
      {
        id: `job ${id}`,
        tone: 'warning',
        title: t`A job waits for you: ${shown}`,
        about: reason === '' ? why : reason,
        to: paths.job(id),
        action: t`Open job`,
      },
    ];
  });
}

export function tokensFound(tokens: readonly RegistrationToken[], now: number): Attention[] {
  const soon = tokens.filter(
    (token) => tokenState(token, now) === 'usable' && isTime(token.expiry_time) && token.expiry_time - now < SOON,
  );
  if (soon.length === 0) return [];
  const when = relative(Math.min(...soon.map(({ expiry_time: expiry }) => expiry ?? Infinity)), now);
  return [
    {
      id: 'tokens',
      tone: 'plain',
      title: plural(soon.length, {
        one: '# registration token expires within a week',
        other: '# registration tokens expire within a week',
      }),
      about: t`The first one expires ${when}. After that, nobody can register with it.`,
      to: paths.registrationTokens(),
      action: t`Show tokens`,
    },
  ];
}

const thingOf = ({ name }: { name: string }): Thing => ({ kind: 'user', id: name });

/** An admin account that nobody uses is one that nobody watches. Of some, Synapse can’t say when they were used. */
export function adminsFound({ admins, isPart }: Accounts, me: string, version: string, now: number): Attention[] {
  if (!has(version, 'users-last-seen')) return [];
  const others = admins.filter(({ name, locked }) => name !== me && !locked);
  const idle = others.filter(({ last_seen_ts: seen }) => isTime(seen) && seen > 0 && now - seen >= LONG_AGO);
  const unknown = others.filter(({ last_seen_ts: seen }) => !isTime(seen) || seen <= 0);
  const action = { to: `${paths.users()}?admins=only`, action: t`Show admins` };
  const only = isPart ? ` ${t`Only the first ${admins.length} admins were looked at.`}` : '';
  const found: Attention[] = [];
  if (idle.length > 0) {
    const title = plural(idle.length, {
      one: '# admin account was not used for 90 days or more',
      other: '# admin accounts were not used for 90 days or more',
    });
    const about = t`Lock them, or take the admin rights away, if nobody needs them.` + only;
    found.push({
      id: 'admins-idle',
      tone: 'warning',
      title,
      about,
      things: idle.slice(0, NAMED).map(thingOf),
      ...action,
    });
  }
  if (unknown.length > 0) {
    const title = plural(unknown.length, {
      one: 'Synapse can’t say when # admin account was last used',
      other: 'Synapse can’t say when # admin accounts were last used',
    });
    const about = has(version, 'last-seen-kept')
      ? t`They never signed in, or all their sessions have ended. Bots may never need to sign in.` + only
      : t`This Synapse forgets it after 28 days. They may also never have signed in.` + only;
    found.push({
      id: 'admins-unknown',
      tone: 'plain',
      title,
      about,
      things: unknown.slice(0, NAMED).map(thingOf),
      ...action,
    });
  }
  return found;
}
