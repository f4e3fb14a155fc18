/**
 * What is known about the browser's connections to providers, by origin. It is in `storage.session`, because connections
 * outlive the background, and the options page that tests a key shares them.
 */
import { z } from '../zod.ts';
import { sessionValue } from './session-value.ts';

const stored = sessionValue('connections', z.record(z.string(), z.enum(['kept', 'closed'])));

/** What this context has noted, so that only changes are written. */
const noted = new Map<string, 'kept' | 'closed'>();
let writing: Promise<void> = Promise.resolve();

async function write(origin: string, known: 'kept' | 'closed'): Promise<void> {
  try {
    await stored.write({ ...(await stored.read()), [origin]: known });
  } catch (error) {
    // The state stays unknown, which means that the connection may be kept alive.
    console.warn('Could not save the state of a connection.', error instanceof Error ? error.name : '');
  }
}

/** A connection whose state can't be read may be kept alive. */
export const connectionMemory = {
  async read(origin: string): Promise<'kept' | 'closed' | 'none'> {
    try {
      await writing;
      return (await stored.read())?.[origin] ?? 'none';
    } catch (error) {
      console.warn('Could not read the state of a connection.', error instanceof Error ? error.name : '');
      return 'kept';
    }
  },
  note(origin: string, known: 'kept' | 'closed'): void {
    if (noted.get(origin) === known) return;
    noted.set(origin, known);
    // Sequentially, because each write depends on a read.
    writing = writing.then(() => write(origin, known));
  },
};
