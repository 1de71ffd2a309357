import { msg } from '@lingui/core/macro';
import { eventIdIn } from '~/lib/event-id';
import { serverOf } from '~/lib/mxid';
import { fileNamed } from '~/lib/file-address';
import { paths } from '~/lib/paths';
import { isServerName, recognise } from '~/lib/recognise';
import type { Words } from '~/lib/words';

/** What was typed or pasted, where it names something whole. */
export interface Found {
  readonly kind: 'user' | 'room' | 'email' | 'file' | 'server' | 'event';
  /** As it will be looked up. */
  readonly id: string;
  /** What it was taken for: “User ID”. */
  readonly taken: Words;
  /** Where it is shown. Null: it has no page of its own. */
  readonly to: string | null;
}

const searchUsers = (text: string): string => `${paths.users()}?name=${encodeURIComponent(text)}`;
const searchRooms = (text: string): string => `${paths.rooms()}?search_term=${encodeURIComponent(text)}`;

/** Null: a word to search for. */
export function foundIn(typed: string, serverName: string): Found | null {
  const text = typed.trim();
  if (text === '') return null;
  const file = fileNamed(text);
  if (file !== null) return { kind: 'file', id: file, taken: msg`File`, to: paths.file(file) };
  const event = eventIdIn(text);
  if (event !== null) return { kind: 'event', id: event, taken: msg`Event ID`, to: paths.event(event) };
  const one = recognise(text, serverName);
  switch (one.kind) {
    case 'user':
      if (serverOf(one.id) !== serverName)
        return { kind: 'user', id: one.id, taken: msg`User ID of another server`, to: searchUsers(one.id) };
      return {
        kind: 'user',
        id: one.id,
        taken: one.completed ? msg`User ID, with this server’s name added` : msg`User ID`,
        to: paths.user(one.id),
      };
    case 'alias':
      return {
        kind: 'room',
        id: one.id,
        taken: one.completed ? msg`Room alias, with this server’s name added` : msg`Room alias`,
        to: searchRooms(one.id),
      };
    case 'room':
      return { kind: 'room', id: one.id, taken: msg`Room ID`, to: paths.room(one.id) };
    case 'email':
      return { kind: 'email', id: one.address, taken: msg`Email address`, to: searchUsers(one.address) };
    case 'word':
      if (text.includes('.') && isServerName(text))
        return { kind: 'server', id: text, taken: msg`Server name`, to: paths.destination(text) };
      return null;
  }
}
