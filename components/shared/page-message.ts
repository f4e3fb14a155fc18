/**
 * Short messages on a page about a completed or failed action. One at a time: a new message replaces the current one.
 */
import { i18n } from '#i18n';

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

/** Shows why an action failed. */
export function showFailure(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  showMessage(i18n.t('run.not_sent', { why }), 'error');
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
