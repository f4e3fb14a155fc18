import { startTransition, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { openReader } from '../../lib/lists/reader.ts';
import type { SnapshotId } from '../../lib/model/ids.ts';
import type { Overlap } from '../../lib/sets/overlap.ts';
import { store } from './store.ts';

/** How long the choice of lists stays as it is before they are read, in milliseconds. */
const SETTLED = 250;

/** What is known about the overlap of some lists. */
export type KnownOverlap =
  /** `read` is how many of them have been read. */
  | { readonly kind: 'reading'; readonly read: number }
  | { readonly kind: 'found'; readonly overlap: Overlap }
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'cancelled' };

export interface OverlapControl {
  readonly known: KnownOverlap;
  readonly cancel: () => void;
  /** Reads the lists again. */
  readonly again: () => void;
}

const AT_START: KnownOverlap = { kind: 'reading', read: 0 };

/** Compares lists of one platform in a worker of its own, which ends with the comparison. Fewer than two are not read. */
export function useOverlap(lists: readonly SnapshotId[]): OverlapControl {
  const [result, setResult] = useState<{ readonly key: string; readonly known: KnownOverlap } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const running = useRef<AbortController>(null);
  const key = `${lists.join(' ')} ${String(attempt)}`;
  const listsNow = useEffectEvent(() => lists);
  useEffect(() => {
    const all = listsNow();
    const [first] = all;
    if (first === undefined || all.length < 2) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    const report = (known: KnownOverlap): void => {
      if (!signal.aborted) setResult({ key, known });
    };
    const timer = setTimeout(() => {
      const reader = openReader(store, first);
      signal.addEventListener('abort', () => {
        reader.close();
      });
      const onRead = (read: number): void => {
        report({ kind: 'reading', read });
      };
      reader
        .overlap(all, onRead, signal)
        .then(
          (overlap) => {
            // 20 lists take long to draw: in parts, the page stays responsive.
            startTransition(() => {
              report({ kind: 'found', overlap });
            });
          },
          (error: unknown) => {
            report({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
          },
        )
        .finally(() => {
          reader.close();
        });
    }, SETTLED);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key]);
  const cancel = useCallback(() => {
    running.current?.abort();
    setResult({ key, known: { kind: 'cancelled' } });
  }, [key]);
  const again = useCallback(() => {
    setAttempt((before) => before + 1);
  }, []);
  return { known: result?.key === key ? result.known : AT_START, cancel, again };
}
