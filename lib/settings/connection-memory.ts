/**
 * What is known of the browser's connections to providers, by origin: in `storage.session`, because connections live as
 * long as the browser, longer than the background, and the settings page that tests a key shares them.
 */
import { browser } from 'wxt/browser';
import { z } from '../zod.ts';

const KEY = 'connections';
const storedSchema = z.record(z.string(), z.enum(['kept', 'closed']));
type Stored = z.infer<typeof storedSchema>;

async function readStored(): Promise<Stored> {
  const stored: Record<string, unknown> = await browser.storage.session.get(KEY);
  const parsed = storedSchema.safeParse(stored[KEY] ?? {});
  return parsed.success ? parsed.data : {};
}

/** What this context has noted itself: it is written when it changes. */
const noted = new Map<string, 'kept' | 'closed'>();
let writing: Promise<void> = Promise.resolve();

async function write(origin: string, known: 'kept' | 'closed'): Promise<void> {
  try {
    await browser.storage.session.set({ [KEY]: { ...(await readStored()), [origin]: known } });
  } catch (error) {
    // Then it is unknown, and unknown means that it may be kept.
    console.warn('What is known of a connection was not kept.', error instanceof Error ? error.name : '');
  }
}

/** What is not known, because it cannot be read, may be kept. */
export const connectionMemory = {
  async read(origin: string): Promise<'kept' | 'closed' | 'none'> {
    try {
      await writing;
      return (await readStored())[origin] ?? 'none';
    } catch (error) {
      console.warn('What is known of a connection was not read.', error instanceof Error ? error.name : '');
      return 'kept';
    }
  },
  note(origin: string, known: 'kept' | 'closed'): void {
    if (noted.get(origin) === known) return;
    noted.set(origin, known);
    // One after the other: each writes what it has read.
    writing = writing.then(() => write(origin, known));
  },
};
