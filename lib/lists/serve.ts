/** The worker's side of reading a list: one question at a time, the newest. */
import type { SnapshotId } from '../model/ids.ts';
import type { Store } from '../store/index.ts';
import { deriveMissing } from './derive.ts';
import { Engine } from './engine.ts';
import { requestSchema, type Answer, type Request } from './protocol.ts';

/** What was read stays in memory for so long after the last question, milliseconds. */
const KEPT_FOR = 120_000;

export interface Server {
  /** Takes in a message. @throws ZodError when it is none */
  readonly take: (message: unknown) => void;
}

/** Answers go to `tell`, with what is to be handed over instead of copied. */
export function createServer(
  store: Store,
  tell: (answer: Answer, handedOver: readonly ArrayBuffer[]) => void,
): Server {
  let opened: { readonly id: SnapshotId; readonly engine: Engine } | null = null;
  let current: { readonly ask: number; readonly ending: AbortController } | null = null;
  let releasing: ReturnType<typeof setTimeout> | undefined;
  /** Whether something may be missing of what makes reading fast. */
  let unprepared = false;
  let preparing: AbortController | null = null;

  function end(): void {
    current?.ending.abort();
    current = null;
  }

  async function answer({ ask, query, extent }: Extract<Request, { kind: 'query' }>): Promise<void> {
    if (opened === null) throw new Error('No list is open.');
    end();
    clearTimeout(releasing);
    // A question makes what it lacks itself; two at it would be slower than one.
    preparing?.abort();
    const { engine } = opened;
    const ending = new AbortController();
    current = { ask, ending };
    try {
      for await (const { positions, done } of engine.find(query, extent, ending.signal)) {
        if (ending.signal.aborted) return;
        tell({ kind: 'found', ask, positions, done }, positions === null ? [] : [positions.buffer]);
      }
    } catch (error) {
      if (ending.signal.aborted) return;
      tell({ kind: 'failed', ask, why: error instanceof Error ? error.message : String(error) }, []);
    } finally {
      if (isNewest(ask)) rest(engine);
    }
  }

  function isNewest(ask: number): boolean {
    return current === null || current.ask === ask;
  }

  /** Nothing is asked just now. */
  function rest(engine: Engine): void {
    clearTimeout(releasing);
    releasing = setTimeout(() => {
      engine.release();
    }, KEPT_FOR);
    void prepare();
  }

  async function prepare(): Promise<void> {
    if (opened === null || !unprepared) return;
    preparing?.abort();
    const ending = new AbortController();
    preparing = ending;
    try {
      await deriveMissing(store, opened.id, ending.signal);
      unprepared = false;
    } catch (error) {
      if (ending.signal.aborted) return;
      // A question makes for itself what it needs, and says what fails.
      unprepared = false;
      console.warn('Could not build derived columns.', error instanceof Error ? error.message : '');
    }
  }

  return {
    take(message) {
      const request = requestSchema.parse(message);
      switch (request.kind) {
        case 'open':
          opened = { id: request.snapshotId, engine: new Engine(store, request.snapshotId) };
          return;
        case 'query':
          void answer(request);
          return;
        case 'end':
          if (current?.ask === request.ask) end();
          return;
        case 'prepare':
          unprepared = true;
          void prepare();
          return;
      }
    },
  };
}
