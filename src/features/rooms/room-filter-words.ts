import { msg, t } from '@lingui/core/macro';
import type { RoomListState } from '~/data/room-list';
import { searchesWithFilter } from '~/data/room-rows';
import { byLocale } from '~/lib/locale';
import { isolated } from '~/lib/shown-text';
import { wordsOf, type Words } from '~/lib/words';

export const LISTED = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Listed` },
  { value: 'none', label: msg`Not listed` },
] as const;
export const EMPTY = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Empty` },
  { value: 'none', label: msg`Not empty` },
] as const;
export const LOCALS = [
  { value: 'any', label: msg`All` },
  { value: 'some', label: msg`With local members` },
  { value: 'none', label: msg`Without local members` },
] as const;
export const ENCRYPTED = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Encrypted` },
  { value: 'none', label: msg`Not encrypted` },
] as const;
export const FEDERATED = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Federated` },
  { value: 'none', label: msg`Local only` },
] as const;
export const TYPES = [
  { value: 'any', label: msg`All` },
  { value: 'room', label: msg`Rooms` },
  { value: 'space', label: msg`Spaces` },
  { value: 'other', label: msg`Other types` },
] as const;
export const REPLACED = [
  { value: 'any', label: msg`All` },
  { value: 'only', label: msg`Replaced (tombstoned)` },
  { value: 'none', label: msg`Not replaced` },
] as const;
export const JOIN_RULES = [
  { value: 'any', label: msg`All` },
  { value: 'public', label: msg`Anyone can join` },
  { value: 'invite', label: msg`Invite only` },
  { value: 'knock', label: msg`Ask to join` },
  { value: 'restricted', label: msg`Restricted` },
  { value: 'knock_restricted', label: msg`Restricted, or ask to join` },
  { value: 'other', label: msg`Another rule, or none` },
] as const;

const lists = byLocale((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));

const chosen = (choices: readonly { value: string; label: Words }[], value: string): string | null => {
  const found = value === 'any' ? undefined : choices.find((one) => one.value === value);
  return found ? wordsOf(found.label).toLowerCase() : null;
};

function textOf(value: string, words: (shown: string) => string): string | null {
  return value === '' ? null : words(isolated(value));
}

function membersWords({ members_from: from, members_to: to }: RoomListState): string | null {
  if (from === '' && to === '') return null;
  if (to === '') return t`at least ${from} members`;
  return from === '' ? t`at most ${to} members` : t`${from} to ${to} members`;
}

/** The filters that Synapse does not have, or not together with a search, in words; null where none is set. */
export function roomFilterSentence(state: RoomListState): string | null {
  const isSearch = searchesWithFilter(state);
  const parts = [
    isSearch ? chosen(LISTED, state.public_rooms) : null,
    isSearch ? chosen(EMPTY, state.empty_rooms) : null,
    chosen(LOCALS, state.locals),
    chosen(ENCRYPTED, state.encrypted),
    chosen(FEDERATED, state.federated),
    chosen(TYPES, state.room_type),
    chosen(JOIN_RULES, state.join_rule),
    chosen(REPLACED, state.replaced),
    textOf(state.version_is, (version) => t`version ${version}`),
    textOf(state.creator_server, (server) => t`created by a user of ${server}`),
    membersWords(state),
    textOf(state.state_above, (count) => t`more than ${count} state events`),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : lists().format(parts);
}
