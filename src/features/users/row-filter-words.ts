import { t } from '@lingui/core/macro';
import type { UserListState } from '~/data/user-list';
import { createdIn, filtersBySeen } from '~/data/user-rows';
import { byLocale } from '~/lib/locale';
import { isolated } from '~/lib/shown-text';

/** The filters that Synapse does not have, in words; null where none is set. */
export function rowFilterWords(state: UserListState): string | null {
  const parts = [createdWords(state), seenWords(state), ...flagWords(state), typeWords(state)];
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : lists().format(said);
}

const lists = byLocale((tag) => new Intl.ListFormat(tag, { type: 'conjunction' }));

function createdWords(state: UserListState): string | null {
  const { created_from: first, created_to: last } = state;
  const span = createdIn(state);
  if (span === null) return null;
  if (span.before === undefined) return t`created since ${first}`;
  if (span.from === undefined) return t`created until ${last}`;
  return first === last ? t`created on ${first}` : t`created from ${first} to ${last}`;
}

function seenWords(state: UserListState): string | null {
  const { seen, seen_before: day } = state;
  if (!filtersBySeen(state)) return null;
  if (seen === 'unknown') return t`last seen unknown`;
  return seen === 'before' ? t`last seen before ${day}` : t`last seen before ${day} or unknown`;
}

function flagWords({ shadow_banned, erased }: UserListState): (string | null)[] {
  return [
    shadow_banned === 'any' ? null : shadow_banned === 'only' ? t`shadow-banned` : t`not shadow-banned`,
    erased === 'any' ? null : erased === 'only' ? t`erased` : t`not erased`,
  ];
}

function typeWords({ type_is }: UserListState): string | null {
  if (type_is === '') return null;
  const type = isolated(type_is);
  return t`type is “${type}”`;
}
