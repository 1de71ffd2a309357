/**
 * By what jobs name the things that MAS keeps: the user ID first, by which Activity finds them, then MAS's own IDs, with a blank
 * between them. None of the parts has a blank, but for a subject, which comes last.
 */

/** Nobody's. */
const NOBODY = '-';
const userIn = (name: string | undefined): string => (name === undefined || name === NOBODY ? '' : name);

export const MAS_SESSION_KINDS = ['oauth2', 'compat', 'user'] as const;
/** `user`: a browser that is signed in at MAS itself. As MAS's paths have them. */
export type MasSessionKind = (typeof MAS_SESSION_KINDS)[number];

/** @param userId '' where the client acts for itself */
export const sessionId = (kind: MasSessionKind, id: string, userId: string): string =>
  `${userId || NOBODY} ${kind} ${id}`;

export function sessionOf(name: string): { kind: MasSessionKind; id: string; userId: string } {
  const [user, kind = '', id = ''] = name.split(' ');
  return { kind: MAS_SESSION_KINDS.find((one) => one === kind) ?? 'oauth2', id, userId: userIn(user) };
}

export const personalId = (id: string, userId: string): string => `${userId || NOBODY} ${id}`;

export function personalOf(name: string): { id: string; userId: string } {
  const [user, id = ''] = name.split(' ');
  return { id, userId: userIn(user) };
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
