interface Page {
  next?: number | undefined;
}

/**
 * Reads a list page by page. A server, or something in front of it, that names the same page again, or goes on naming pages without a
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
