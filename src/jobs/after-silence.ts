/** An earlier try may have done it, so “nothing was changed” is not sure. */
export function afterSilence(reason: string): string {
  return `${reason} (An earlier try had no answer and may have been carried out.)`;
}
