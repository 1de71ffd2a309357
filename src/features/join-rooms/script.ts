import { scriptText } from '~/api/script';
import type { Owner } from '~/data/session';
import { english } from '~/lib/english';
import type { ScriptLanguage } from '~/lib/script-languages';
import { isOpen, joinTitle, type FoundRoom, type RunItem } from './plan';
import bash from './script.sh?raw';
import python from './script.py?raw';

/** The plan as a script that does what `joinJob` does. */
export function joinScript(items: readonly RunItem[], owner: Owner, language: ScriptLanguage): Iterable<string> {
  const rooms = new Numbered();
  const users = new Numbered();
  return scriptText(
    {
      title: english(joinTitle(items.filter((item) => item.kind === 'join'))),
      owner,
      notes: [],
      code: { bash, python },
      constants: {},
      repeatable: true,
      items: steps(items, rooms, users),
      count: items.length,
      tables: { ROOMS: rooms.lines, USERS: users.lines },
    },
    language,
  );
}

/** `[room, user]` for a join, `[room]` to be made its admin. By number: 100,000 pairs are of few rooms and users. */
function* steps(items: readonly RunItem[], rooms: Numbered, users: Numbered): Generator<number[]> {
  for (const item of items) {
    const room = rooms.numberOf(item.room.roomId, () => roomLine(item.room));
    yield item.kind === 'join' ? [room, users.numberOf(item.userId, () => item.userId)] : [room];
  }
}

/** Its id, whether this server is in it, whether it is open to all, whether the admin is in it, and the servers to join through. */
const roomLine = (room: FoundRoom) => [room.roomId, room.known, isOpen(room), room.adminIn, room.known ? [] : room.via];

/** Lines of a table in the order in which they were first met, each once. */
class Numbered {
  readonly lines: unknown[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(key: string, line: () => unknown): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.lines.length);
    return this.lines.push(line()) - 1;
  }
}
