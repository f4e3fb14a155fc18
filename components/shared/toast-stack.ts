/** Which toast is shown: one at a time, the newest. The others wait behind it and are counted. */
import { useLayoutEffect, useState, useSyncExternalStore } from 'react';

/** Oldest first. */
let stack: readonly symbol[] = [];
const listeners = new Set<() => void>();

function set(next: readonly symbol[]): void {
  stack = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export interface ToastPlace {
  readonly isShown: boolean;
  /** How many other toasts there are. */
  readonly others: number;
  /** Puts this toast behind all others, so that the next one is shown. */
  readonly showNext: () => void;
}

/** The place of a toast while it is on the page. */
export function useToastPlace(): ToastPlace {
  const [name] = useState(() => Symbol());
  useLayoutEffect(() => {
    set([...stack, name]);
    return () => {
      set(stack.filter((other) => other !== name));
    };
  }, [name]);
  const current = useSyncExternalStore(subscribe, () => stack);
  return {
    isShown: current.at(-1) === name,
    others: Math.max(0, current.length - 1),
    showNext: () => {
      set([name, ...stack.filter((other) => other !== name)]);
    },
  };
}
