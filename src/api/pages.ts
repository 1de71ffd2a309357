import { isCount } from '~/lib/numbers';

/** Nobody asks for more pages because of a number that a server told: the last one reads on where there really is more. */
const MOST_PAGES = 2000;

/**
 * Where each page of a list begins, by how many rows the server says that it has. The number may be wrong, or have grown: there is
 * always one page, and the last one is to be read on from.
 */
export function pageStarts(total: number, size: number): number[] {
  const pages = isCount(total) ? Math.min(MOST_PAGES, Math.max(1, Math.ceil(total / size))) : 1;
  return Array.from({ length: pages }, (_, page) => page * size);
}

interface Page {
  next?: number | undefined;
}

/**
 * Reads a list page by page. A server, or something in front of it, that names the same page again, or keeps naming pages without a
 * row in them, is not asked for ever.
 * @param read one page, from this offset on
 * @param take what it holds. @returns how many rows it held, the odd ones too
 */
export async function everyPage<Answer extends Page>(
  read: (from: number) => Promise<Answer>,
  take: (page: Answer) => number,
  start = 0,
): Promise<void> {
  let from: number | undefined = start;
  while (from !== undefined) {
    const page: Answer = await read(from);
    const held = take(page);
    from = held > 0 && page.next !== undefined && page.next > from ? page.next : undefined;
  }
}
