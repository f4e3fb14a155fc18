/**
 * Short messages on a page about a completed or failed action. One at a time: a new message replaces the current one.
 */
export interface Message {
  /** An increasing number: the same text shown again is a new message. */
  readonly number: number;
  readonly tone: 'done' | 'error';
  readonly text: string;
}

let current: Message | null = null;
let number = 0;
const listeners = new Set<() => void>();

function set(next: Message | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Shows a message at the bottom of the page. */
export function showMessage(text: string, tone: Message['tone'] = 'done'): void {
  number += 1;
  set({ number, tone, text });
}

/** Removes a message, unless another one has replaced it. */
export function dismissMessage(message: Message): void {
  if (current === message) set(null);
}

export function currentMessage(): Message | null {
  return current;
}

export function watchMessages(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
