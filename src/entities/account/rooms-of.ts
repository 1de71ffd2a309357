import type { LedgerRow } from '~/jobs/job';

/** The rooms that an account of a job is to join afterwards: aliases and IDs hold no blank. */
export function roomsOf({ columns }: Pick<LedgerRow, 'columns'>): string[] {
  const { Rooms: rooms } = columns;
  return typeof rooms === 'string' && rooms !== '' ? rooms.split(' ') : [];
}
