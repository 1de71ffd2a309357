/** What an attempt knew when it was sent. */
export interface Ticket {
  index: number;
  /** Looks whether an unknown item happened, instead of running it. */
  verifying: boolean;
  wave: number;
  epoch: number;
}
