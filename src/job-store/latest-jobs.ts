import { clearLeftovers, listKept, markKept, readJob, type KeptJob } from './journal-db';
import { heldJobs } from './runner-lock';
import { readMark, readMarks, removeMark } from './lost-marks';

/** What the disk tells of jobs. Where a journal was lost only its mark counts, whatever else is left of it. */
export async function listLatest(): Promise<KeptJob[]> {
  const [list, marks] = await Promise.all([listKept(), readMarks()]);
  const lost = [...marks.values()].filter((mark) => mark !== null);
  return [...list.filter(({ id }) => !marks.get(id)), ...lost];
}

/** The same of one job. */
export async function readLatest(id: string): Promise<KeptJob | undefined> {
  return (await readMark(id)) ?? (await readJob(id));
}

/**
 * Marks of jobs that no page runs any more move in the place of their journals, where there is room by now, and room that was
 * reserved for a job that is gone is given back. Never rejects: what can't be done now is done another day.
 */
export async function clearMarks(): Promise<void> {
  void clearLeftovers().catch(() => undefined);
  const marks = await readMarks();
  // After the marks were read: each job holds its lock before it reserves one.
  const held = await heldJobs().catch(() => null);
  for (const [id, mark] of marks) {
    if (!held || held.has(id)) continue;
    try {
      const isOver = mark === null ? (await readJob(id)) === undefined : await markKept(mark);
      if (isOver) await removeMark(id);
    } catch {
      // The mark stays where it is.
    }
  }
}
