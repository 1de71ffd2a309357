/** Whether this browser ever saved a job, found out without loading anything. False where the browser doesn't say. */
export async function mayHaveKeptJobs(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === 'glia');
  } catch {
    return false;
  }
}
