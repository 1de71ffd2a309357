import { expect, it } from 'vitest';
import { mxcsIn } from './read-mxcs';
import { roomRefsIn } from './room-refs';

/** What was pasted gives way to the page while it is read, however much of it there is. */
function turnsOf<Parsed>(work: Generator<void, Parsed>): { turns: number; parsed: Parsed } {
  for (let turns = 0; ; turns += 1) {
    const step = work.next();
    if (step.done) return { turns, parsed: step.value };
  }
}

const LINES = 20_000;
const lines = (of: (index: number) => string): string =>
  Array.from({ length: LINES }, (_, index) => of(index)).join('\n');

it('rooms: each line is read, and the page gets its turn every 200 lines', () => {
  const { turns, parsed } = turnsOf(
    roomRefsIn(lines((index) => (index % 3 === 0 ? 'no room' : `!r${index}:hs.example`))),
  );
  expect(turns).toBe(LINES / 200);
  expect(parsed.refs).toHaveLength(13_333);
  expect(parsed.problems.at(-1)).toMatchObject({ line: 19_999 });
});

it('files: each line is read, and the page gets its turn every 200 lines', () => {
  const { turns, parsed } = turnsOf(
    mxcsIn(lines((index) => (index % 2 === 0 ? 'nofile' : `mxc://hs.example/f${index}`))),
  );
  expect(turns).toBe(LINES / 200);
  expect(parsed.ids).toHaveLength(LINES / 2);
  expect(parsed.problems.at(-1)).toMatchObject({ line: 19_999 });
});
