/** A member is named by the IDs of the user and of the room. */

export const memberId = (userId: string, roomId: string): string => `${userId} ${roomId}`;

export function partsOf(member: string): { userId: string; roomId: string } {
  const at = member.lastIndexOf(' ');
  return { userId: member.slice(0, at), roomId: member.slice(at + 1) };
}
