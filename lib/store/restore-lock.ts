/** One restore at a time, in all tabs together; and nobody tidies up behind one that is under way. */
export async function withRestoreLock(task: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request('restore', { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await task();
    return true;
  });
}
