/** Lets the browser handle events that arrived in the meantime. */
export function yieldToEvents(): Promise<void> {
  // Nested timers wait at least four milliseconds.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** How long to work before messages that arrived in the meantime are handled, milliseconds. */
const WORK_SLICE = 10;

/** @returns a function to be awaited in a loop, which yields to other tasks from time to time */
export function createYielder(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < WORK_SLICE) return;
    await yieldToEvents();
    since = performance.now();
  };
}
