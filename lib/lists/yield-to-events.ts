/** Lets what has arrived meanwhile be handled: a newer question, a message, a request. */
export function yieldToEvents(): Promise<void> {
  // A timer would wait four milliseconds, once it follows others.
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
