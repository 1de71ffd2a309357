/** For a job. `crypto.randomUUID` is missing on pages that come over plain http. @param now epoch ms */
export function newId(now: number): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${now.toString(36)}-${[...random].map((part) => part.toString(36)).join('')}`;
}

/** When the job of this id was made, epoch ms. */
export const bornAt = (id: string): number => Number.parseInt(id, 36);
