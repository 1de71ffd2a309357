/** An event is named by its own ID and its room's, with a blank between. */

export const eventItemId = (eventId: string, roomId: string): string => `${eventId} ${roomId}`;

export function eventOf(id: string): { eventId: string; roomId: string } {
  const at = id.lastIndexOf(' ');
  return { eventId: id.slice(0, at), roomId: id.slice(at + 1) };
}
