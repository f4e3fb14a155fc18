/**
 * One lock, in all contexts of the extension, for everything that writes widely or holds on to what it read before it
 * writes: a restore, the test of a key that is saved after, a new passphrase, deleting for good. Deleting everything
 * interrupts whoever has it, and comes after.
 *
 * Nobody who has the lock may wait for a request to the background: that would wait for the deletion.
 */
const LOCK = 'wide-writes';
const CHANNEL = 'wide-writes/interrupt';
/** Whoever has just got the lock may not listen yet: it is asked again, milliseconds. */
const AGAIN = 200;

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
 * Does the task while nobody else writes widely. Waits for the lock until it is free, or until `signal` is aborted.
 * @param task what it is given is aborted when everything is to be deleted: then it writes nothing more, and ends
 * @throws what the task throws; DOMException `AbortError` when `signal` ends the wait
 */
export async function exclusively<T>(
  task: (interrupted: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  return navigator.locks.request(LOCK, signal === undefined ? {} : { signal }, () => interruptible(task));
}

/** Does the task if nobody writes widely now. @returns whether it was done */
export async function exclusivelyIfFree(task: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false;
    await task();
    return true;
  });
}

/** Interrupts whoever writes widely, waits until they ended, and does the task while nobody else writes. */
export async function interruptingAll<T>(task: () => Promise<T>): Promise<T> {
  const channel = new BroadcastChannel(CHANNEL);
  const interrupt = (): void => {
    channel.postMessage(null);
  };
  const timer = setInterval(interrupt, AGAIN);
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
