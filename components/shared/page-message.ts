/** Short messages of a page to its user: what was just done, or went wrong. One at a time: a new one takes the place. */
export interface Message {
  /** Counts up: the same words said once more are another message. */
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

/** Takes a message away, unless another took its place. */
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
