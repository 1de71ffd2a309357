import { msg } from '@lingui/core/macro';
import type { AnyAction, Entity } from '~/actions/action';
import { actionsOn, allActions } from '~/actions/all';
import { phraseOf } from '~/actions/titles';
import type { Session } from '~/data/session';
import type { Handover } from '~/data/handover';
import { asServer } from '~/job-store/action-jobs';
import { serverOf } from '~/lib/mxid';
import { pathOfThing, paths, type Thing } from '~/lib/paths';
import { isolated } from '~/lib/shown-text';
import { wordsOf, type Words } from '~/lib/words';
import { foundIn } from './found';

/** A screen that one can go to. */
export interface PaletteScreen {
  readonly to: string;
  readonly label: Words;
  /** Its group in the navigation; null: none. */
  readonly group: Words | null;
  /** Why it is not there; null where it is. */
  readonly reason: Words | null;
}

export type Group = 'found' | 'selected' | 'here' | 'recent' | 'go' | 'do' | 'search';

/** One line of the palette. */
export interface Command {
  readonly key: string;
  readonly group: Group;
  readonly label: string;
  readonly hint: string;
  /** Why it can't be chosen; null where it can. */
  readonly reason: string | null;
  readonly opens:
    | { readonly to: string; readonly handing?: Handover }
    | { readonly action: AnyAction; readonly id: string };
  readonly looks: AnyAction | { readonly screen: string } | Thing['kind'] | 'email' | 'event' | 'file' | 'search';
  /** Shown last among its likes: what destroys. */
  readonly isDangerous?: boolean;
}

export interface Ground {
  readonly session: Session;
  readonly screens: readonly PaletteScreen[];
  /** Whose page is open, if it is the page of one thing. */
  readonly here: Thing | null;
  readonly recent: readonly Thing[];
  /** What is ticked in the list that is open. */
  readonly selected?: { readonly entity: 'user' | 'room'; readonly ids: readonly string[] } | null;
}

/** So many of a group are shown. */
const MOST: Readonly<Record<Group, number>> = {
  found: 50,
  selected: 50,
  here: 50,
  recent: 5,
  go: 30,
  do: 8,
  search: 3,
};

/** What can be gone to and done, by what was typed: the best first in each group. */
export function commandsFor(typed: string, ground: Ground): Command[] {
  const text = typed.trim();
  const groups: readonly (readonly [Group, readonly Ranked[]])[] = [
    ['found', foundCommands(text, ground)],
    ['recent', ranked(text, recentCommands(ground))],
    ['selected', ranked(text, selectedCommands(ground))],
    ['here', ranked(text, [...hereCommands(ground), ...(text === '' ? [] : [requestsCommand()])])],
    ['go', ranked(text, screenCommands(ground))],
    ['do', text === '' ? [] : ranked(text, bulkCommands(ground))],
    ['search', searchCommands(text, ground)],
  ];
  return groups.flatMap(([group, all]) =>
    all
      .toSorted((one, other) => one.rank - other.rank)
      .slice(0, MOST[group])
      .map(({ command }) => command),
  );
}

interface Ranked {
  readonly rank: number;
  readonly command: Command;
}

/** A command, and in what words it is found besides its label. */
type Findable = readonly [command: Command, more: readonly string[]];

function ranked(text: string, all: readonly Findable[]): Ranked[] {
  return all.flatMap(([command, more]) => {
    const rank = rankOf(text, command.label, more);
    return rank === null ? [] : [{ rank, command }];
  });
}

/** The smaller, the better; null: not found. Each word must be somewhere. */
export function rankOf(typed: string, label: string, more: readonly string[]): number | null {
  const needle = typed.toLowerCase();
  if (needle === '') return 0;
  const title = label.toLowerCase();
  if (title.startsWith(needle)) return 0;
  const words = title.split(/[\s…:@#!.-]+/);
  const needles = needle.split(/\s+/);
  if (needles.every((one) => begins(one, words))) return 1;
  const others = more.flatMap((text) => text.toLowerCase().split(/\s+/));
  if (needles.every((one) => begins(one, words) || begins(one, others))) return 2;
  return needles.every((one) => title.includes(one)) ? 3 : null;
}

const begins = (needle: string, words: readonly string[]): boolean => words.some((word) => word.startsWith(needle));

function foundCommands(text: string, ground: Ground): Ranked[] {
  const found = foundIn(text, ground.session.serverName);
  if (!found) return [];
  const id = isolated(found.id);
  const open: Ranked[] =
    found.to === null
      ? []
      : [
          {
            rank: 0,
            command: {
              key: 'found',
              group: 'found',
              label: id,
              hint: wordsOf(found.taken),
              reason: null,
              opens: { to: found.to },
              looks: found.kind === 'server' ? 'destination' : found.kind,
            },
          },
        ];
  const entity = found.kind === 'file' ? 'media' : found.kind === 'user' ? 'user' : null;
  // Of another server’s user this one keeps no account.
  if (entity === null || (entity === 'user' && found.to !== paths.user(found.id))) return open;
  const hint = wordsOf(found.taken);
  const actions = actionsOn(entity, ground.session.mas).map((action, index) => ({
    rank: 1 + index,
    command: ofAction(action, found.id, 'found', entity === 'media' ? `${hint} · ${id}` : id, ground),
  }));
  return [...open, ...actions];
}

function ofAction(action: AnyAction, id: string, group: Group, hint: string, { session }: Ground): Command {
  const label = wordsOf(action.label);
  const guarded = action.guard?.(asServer(session)) ?? null;
  return {
    key: `${group} ${action.kind} ${id}`,
    group,
    label: `${label}…`,
    hint,
    reason: guarded === null ? null : wordsOf(guarded),
    opens: { action, id },
    looks: action,
    isDangerous: action.danger === true,
  };
}

function hereCommands(ground: Ground): Findable[] {
  const { here } = ground;
  if (!here) return [];
  const actions = actionsOn(here.kind, ground.session.mas).map((action): Findable => [
    ofAction(action, here.id, 'here', isolated(here.id), ground),
    action.keywords ?? [],
  ]);
  return here.kind === 'user' && serverOf(here.id) === ground.session.serverName
    ? [...actions, [dataRequest(here.id), ['gdpr', 'export', 'archive', 'copy', 'erase']]]
    : actions;
}

const dataRequest = (userId: string): Command => ({
  key: paths.dataRequest(userId),
  group: 'here',
  label: wordsOf(msg`Data request and erasure…`),
  hint: isolated(userId),
  reason: null,
  opens: { to: paths.dataRequest(userId) },
  looks: 'user',
});

/** What can be done with all that are ticked: on the page of the change, which shows its plan first. */
function selectedCommands({ selected, session }: Ground): Findable[] {
  if (!selected || selected.ids.length === 0) return [];
  const { entity, ids } = selected;
  const handing: Handover = entity === 'user' ? { users: { ids } } : { rooms: { ids } };
  return actionsOn(entity, session.mas)
    .filter(({ onlyForOne }) => !onlyForOne)
    .map((action) => {
      const guarded = action.guard?.(asServer(session)) ?? null;
      return [
        {
          key: `selected ${action.kind}`,
          group: 'selected',
          label: `${wordsOf(phraseOf(action, ids.length))}…`,
          hint: '',
          reason: guarded === null ? null : wordsOf(guarded),
          opens: { to: paths.bulk(action.kind), handing },
          looks: action,
          isDangerous: action.danger === true,
        },
        [wordsOf(action.label), ...(action.keywords ?? [])],
      ];
    });
}

/** What this page asked of the homeserver, in the console. */
const requestsCommand = (): Findable => [
  {
    key: 'here requests',
    group: 'here',
    label: wordsOf(msg`Show the requests of this page`),
    hint: '',
    reason: null,
    opens: { to: `${paths.console()}?tab=glia` },
    looks: { screen: paths.console() },
  },
  [],
];

const KIND_WORDS: Readonly<Record<Thing['kind'], Words>> = {
  user: msg`User`,
  room: msg`Room`,
  destination: msg`Server`,
  media: msg`File`,
};

function recentCommands({ recent, here }: Ground): Findable[] {
  return recent
    .filter(({ kind, id }) => kind !== here?.kind || id !== here.id)
    .map((thing) => [
      {
        key: `recent ${thing.kind} ${thing.id}`,
        group: 'recent',
        label: isolated(thing.id),
        hint: wordsOf(KIND_WORDS[thing.kind]),
        reason: null,
        opens: { to: pathOfThing(thing) },
        looks: thing.kind,
      },
      [],
    ]);
}

function screenCommands({ screens }: Ground): Findable[] {
  return screens.map(({ to, label, group, reason }) => {
    const groupWords = group === null ? '' : wordsOf(group);
    return [
      {
        key: `go ${to}`,
        group: 'go',
        label: wordsOf(label),
        // Its page says why it is not there.
        hint: reason === null ? groupWords : wordsOf(msg`Not available on this homeserver`),
        reason: null,
        opens: { to },
        looks: { screen: to },
      },
      [groupWords],
    ];
  });
}

/** Of these many can be named on the page of a change; the others are selected in a list first. */
const IN_BULK: ReadonlySet<Entity> = new Set(['user', 'media']);

function bulkCommands({ session }: Ground): Findable[] {
  return allActions
    .filter(({ entity, hasWizard, notUnderMas }) => IN_BULK.has(entity) && !hasWizard && !(session.mas && notUnderMas))
    .map((action) => {
      const guarded = action.guard?.(asServer(session)) ?? null;
      return [
        {
          key: `do ${action.kind}`,
          group: 'do',
          label: `${wordsOf(phraseOf(action, 0))}…`,
          hint: '',
          reason: guarded === null ? null : wordsOf(guarded),
          opens: { to: paths.bulk(action.kind) },
          looks: action,
          isDangerous: action.danger === true,
        },
        [wordsOf(action.label), ...(action.keywords ?? [])],
      ];
    });
}

function searchCommands(text: string, { session }: Ground): Ranked[] {
  const found = foundIn(text, session.serverName);
  // `anna.smith` has the form of a server's name, and is more often somebody's.
  if (text === '' || (found && found.kind !== 'server')) return [];
  const places = [
    { kind: 'user', words: msg`Search users`, to: `${paths.users()}?name=${encodeURIComponent(text)}` },
    { kind: 'room', words: msg`Search rooms`, to: `${paths.rooms()}?search_term=${encodeURIComponent(text)}` },
    {
      kind: 'destination',
      words: msg`Search servers`,
      to: `${paths.federation()}?destination=${encodeURIComponent(text)}`,
    },
  ] as const;
  return places.map(({ kind, words, to }, rank) => ({
    rank,
    command: {
      key: `search ${kind}`,
      group: 'search',
      label: wordsOf(words),
      hint: isolated(text),
      reason: null,
      opens: { to },
      looks: 'search',
    },
  }));
}
