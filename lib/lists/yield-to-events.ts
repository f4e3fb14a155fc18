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
