import { authMetadata, type Front } from '~/api/oauth-metadata';
import { takeOAuthAnswer, type OAuthAnswer } from '~/data/kept-oauth';
import { beginOAuth, type Wanted } from '~/data/oauth-sign-in';
import { leaveFor } from '~/data/visits';

/**
 * Leaves for the page of MAS.
 * @returns null: the page is left, or nothing came of it. Else the answer, where MAS is in this page
 * @throws OAuthError, HomeserverError
 */
export async function continueWithMas(
  baseUrl: string,
  { front, ...wanted }: Wanted & { front?: Front | undefined } = {},
): Promise<OAuthAnswer | null> {
  const found = front ?? (await authMetadata({ baseUrl }));
  if (!found) return null;
  const back = await leaveFor(await beginOAuth(baseUrl, found, wanted));
  return back === null ? null : takeOAuthAnswer(back);
}
