/**
 * By what jobs name the things that MAS keeps: its own IDs, with the user ID for people, and a blank between them. None of the parts
 * has a blank, but for a subject, which comes last.
 */

export const MAS_SESSION_KINDS = ['oauth2', 'compat', 'user'] as const;
/** `user`: a browser that is signed in at MAS itself. As MAS's paths have them. */
export type MasSessionKind = (typeof MAS_SESSION_KINDS)[number];

/** @param userId '' where the client acts for itself */
export const sessionId = (kind: MasSessionKind, id: string, userId: string): string => `${kind} ${id} ${userId}`.trim();

export function sessionOf(name: string): { kind: MasSessionKind; id: string; userId: string } {
  const [kind = '', id = '', userId = ''] = name.split(' ');
  return { kind: MAS_SESSION_KINDS.find((one) => one === kind) ?? 'oauth2', id, userId };
}

export const personalId = (id: string, userId: string): string => `${id} ${userId}`.trim();

export function personalOf(name: string): { id: string; userId: string } {
  const [id = '', userId = ''] = name.split(' ');
  return { id, userId };
}

export const emailId = (userId: string, address: string): string => `${userId} ${address}`;

export function emailOf(name: string): { userId: string; address: string } {
  const [userId = '', address = ''] = name.split(' ');
  return { userId, address };
}

export const linkId = (userId: string, providerId: string, subject: string): string =>
  `${userId} ${providerId} ${subject}`;

export function linkOf(name: string): { userId: string; providerId: string; subject: string } {
  const [userId = '', providerId = '', ...subject] = name.split(' ');
  return { userId, providerId, subject: subject.join(' ') };
}
