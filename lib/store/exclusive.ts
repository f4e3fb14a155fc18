/**
 * One lock, in all contexts of the extension, for tasks that write many rows, or that read, wait, and then write: a
 * restore, testing a key before it is saved, a new passphrase, deleting permanently. Deleting everything interrupts the
 * task that has the lock, and then takes it.
 *
 * A task that has the lock must not wait for a response of the background: that may itself be waiting for the lock.
 */
const LOCK = 'wide-writes';
const CHANNEL = 'wide-writes/interrupt';
/** A task that has just got the lock may not listen yet, so it is interrupted repeatedly. Milliseconds. */
const REPEAT_AFTER = 200;

async function interruptible<T>(task: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => {
    controller.abort();
  };
  try {
    return await task(controller.signal);
  } finally {
    channel.close();
  }
}

/**
 * Runs the task with the lock. Waits until the lock is free, or until `signal` is aborted.
 * @param task its signal is aborted when everything is to be deleted: then it must end without writing anything more
 * @throws what the task throws; DOMException `AbortError` if `signal` ends the wait
 */
export async function exclusively<T>(
  task: (interrupted: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return navigator.locks.request(LOCK, signal === undefined ? {} : { signal }, () => interruptible(task));
}

/** Runs the task with the lock, if the lock is free. @returns whether the task ran */
export async function exclusivelyIfFree(task: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await task();
    return true;
  });
}

/** Interrupts all tasks that use the lock, waits until they have ended, and runs the task with the lock. */
export async function interruptingAll<T>(task: () => Promise<T>): Promise<T> {
  const channel = new BroadcastChannel(CHANNEL);
  const interrupt = (): void => {
    channel.postMessage(null);
  };
  const timer = setInterval(interrupt, REPEAT_AFTER);
  interrupt();
  try {
    return await navigator.locks.request(LOCK, () => {
      clearInterval(timer);
      return task();
    });
  } finally {
    clearInterval(timer);
    channel.close();
  }
}
