/** Whether this browser ever kept a job: a look that loads nothing. False where it can't be told. */
export async function mayHaveKeptJobs(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === 'glia');
  } catch {
    return false;
  }
}
