import type { ConsoleMessage } from 'playwright';
import { until } from '../harness/until.ts';
import type { Scene } from './scene.ts';

/** Everything that pages and the background's worker write to their consoles from now on. */
export interface CapturedConsole {
  readonly lines: readonly string[];
  /** Rejects if a line of the worker is not captured, because then an empty log proves nothing. */
  expectCapture(): Promise<void>;
}

/** A line with everything in it that a reader could expand. */
async function wholeLine(message: ConsoleMessage): Promise<string> {
  const parts = await Promise.all(
    message.args().map(async (argument) => {
      try {
        return JSON.stringify(await argument.jsonValue());
      } catch (error) {
        // The page or the worker ended in the meantime, so only the text of the line is left.
        return error instanceof Error ? '' : String(error);
      }
    }),
  );
  return [message.type(), message.text(), message.location().url, ...parts].join(' ');
}

export function captureConsole({ browser: { context } }: Scene): CapturedConsole {
  const lines: string[] = [];
  const record = (message: ConsoleMessage): void => {
    // The text is stored immediately, the arguments as soon as they are known.
    lines.push(message.text());
    void wholeLine(message).then((line) => lines.push(line));
  };
  context.on('console', record);
  for (const worker of context.serviceWorkers()) worker.on('console', record);
  context.on('serviceworker', (worker) => worker.on('console', record));
  context.on('weberror', (error) => lines.push(String(error.error())));
  return {
    lines,
    expectCapture: async () => {
      const [worker] = context.serviceWorkers();
      if (worker === undefined) throw new Error('There is no worker.');
      await worker.evaluate(() => {
        console.info('a line to capture');
      });
      await until('the line of the worker to be captured', () =>
        Promise.resolve(lines.some((line) => line.includes('a line to capture')) ? true : null),
      );
    },
  };
}
