import type { CDPSession, Page } from 'playwright';

/** Sends messages from the content script's isolated world, bypassing its code. */
export interface MessageSender {
  send(messages: readonly unknown[]): Promise<unknown[]>;
  /** Runs an expression there. */
  run(expression: string): Promise<unknown>;
  close(): Promise<void>;
}

export async function openMessageSender(page: Page, extensionId: string): Promise<MessageSender> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const found = new Promise<number>((resolve) => {
    session.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin.includes(extensionId)) resolve(context.id);
    });
  });
  await session.send('Runtime.enable');
  const contextId = await found;
  const run = async (expression: string): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value as unknown;
  };
  return {
    run,
    send: async (messages) => {
      const responses = await run(
        `Promise.all(${JSON.stringify(messages)}.map((message) =>
          chrome.runtime.sendMessage(message).then((answer) => answer ?? null, (error) => 'refused: ' + error.message)))`,
      );
      return responses as unknown[];
    },
    close: () => session.detach(),
  };
}
