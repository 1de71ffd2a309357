/** A job can't be shown as this browser's disk has it; the message says why, for people. Nothing was sent because of this. */
export class UnreadableJobError extends Error {
  override readonly name = 'UnreadableJobError';
}
