import { scriptText } from '~/api/script';
import type { Owner } from '~/data/session';
import { plural } from '~/lib/numbers';
import type { ScriptLanguage } from '~/lib/script-languages';
import { isOpen, type FoundRoom, type RunItem } from './plan';
import bash from './script.sh?raw';
import python from './script.py?raw';

/** The plan as a script that does what `joinJob` does. */
export function joinScript(items: readonly RunItem[], owner: Owner, language: ScriptLanguage): Iterable<string> {
  const rooms = new Numbered<FoundRoom>();
  const users = new Numbered<string>();
  // Numbers instead of names: 100,000 pairs are of few rooms and users.
  const pairs = items.map((item) => {
    const room = rooms.numberOf(item.room.roomId, item.room);
    return item.kind === 'join' ? [room, users.numberOf(item.userId, item.userId)] : [room];
  });
  const joins = pairs.filter(({ length }) => length === 2).length;
  return scriptText(
    {
      title: `Join users to rooms: ${plural(joins, 'join')}`,
      owner,
      notes: [],
      code: { bash, python },
      constants: {},
      repeatable: true,
      tables: {
        ROOMS: { count: rooms.values.length, lines: rooms.values.map(roomLine) },
        USERS: { count: users.values.length, lines: users.values },
      },
      items: { count: pairs.length, lines: pairs },
    },
    language,
  );
}

/** Its id, whether this server is in it, whether it is open to all, whether the admin is in it, and the servers to join through. */
const roomLine = (room: FoundRoom) => [room.roomId, room.known, isOpen(room), room.adminIn, room.known ? [] : room.via];

/** Values in the order in which they were first met, each once. */
class Numbered<Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(key: string, value: Value): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.values.length);
    return this.values.push(value) - 1;
  }
}
