/** Leaving for a page of another site. */

/** Shows such a page in this one. @returns the URL that it leads back to */
export type Visitor = (url: string) => Promise<string>;

const inPage = new Map<string, Visitor>();

/** The demo has no server: its MAS shows its page here. */
export function visitInPage(baseUrl: string, visitor: Visitor): void {
  inPage.set(baseUrl, visitor);
}

/** @returns null: this page is left. Else the URL that the other one leads back to */
export async function leaveFor(url: string): Promise<string | null> {
  const visitor = [...inPage].find(([base]) => url.startsWith(`${base}/`))?.[1];
  if (visitor) return visitor(url);
  location.assign(url);
  return null;
}
