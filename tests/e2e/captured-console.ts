import type { ConsoleMessage } from 'playwright';
import { until } from '../harness/until.ts';
import type { Scene } from './scene.ts';

/** Everything that pages and the background's worker write to their consoles, from now on. */
export interface CapturedConsole {
  readonly lines: readonly string[];
  /** Rejects when the worker writes something that is not heard: what hears nothing proves nothing. */
  expectCapture(): Promise<void>;
}

/** A line with everything in it that an onlooker could unfold. */
async function wholeLine(message: ConsoleMessage): Promise<string> {
  const parts = await Promise.all(
    message.args().map(async (argument) => {
      try {
        return JSON.stringify(await argument.jsonValue());
      } catch (error) {
        // The page or the worker ended meanwhile: the text is what is left of the line.
        return error instanceof Error ? '' : String(error);
      }
    }),
  );
  return [message.type(), message.text(), message.location().url, ...parts].join(' ');
}

export function captureConsole({ browser: { context } }: Scene): CapturedConsole {
  const lines: string[] = [];
  const hear = (message: ConsoleMessage): void => {
    // What is written at once is kept at once, what is behind it as soon as it is known.
    lines.push(message.text());
    void wholeLine(message).then((line) => lines.push(line));
  };
  context.on('console', hear);
  for (const worker of context.serviceWorkers()) worker.on('console', hear);
  context.on('serviceworker', (worker) => worker.on('console', hear));
  context.on('weberror', (error) => lines.push(String(error.error())));
  return {
    lines,
    expectCapture: async () => {
      const [worker] = context.serviceWorkers();
      if (worker === undefined) throw new Error('There is no worker to be heard.');
      await worker.evaluate(() => {
        console.info('a line that is to be heard');
      });
      await until('the line of the worker to be heard', () =>
        Promise.resolve(lines.some((line) => line.includes('a line that is to be heard')) ? true : null),
      );
    },
  };
}
