/**
 * The commands of a page, in one place: the palette lists them, the keys dialog shows their keys, and a key runs them.
 * Each part of a page adds its own while it is on the page.
 */
import { useEffect, useSyncExternalStore } from 'react';

export type CommandGroup = 'actions' | 'lists';

/** Something that the palette can do. */
export interface Command {
  readonly kind: 'command';
  /** Unique on the page. */
  readonly id: string;
  readonly group: CommandGroup;
  readonly title: string;
  /** Shown beside the title. */
  readonly detail?: string;
  /** Further words that find it. */
  readonly words?: string;
  /** A key that runs it while nothing is being typed. */
  readonly key?: string;
  readonly run: () => void;
}

/** A key that a part of the page handles itself. The keys dialog shows it. */
export interface KeyNote {
  readonly kind: 'key';
  readonly id: string;
  readonly title: string;
  /** Alternatives, each as shown on a keyboard. */
  readonly keys: readonly string[];
}

export type Entry = Command | KeyNote;

const parts = new Map<symbol, readonly Entry[]>();
const listeners = new Set<() => void>();
let entries: readonly Entry[] = [];

function changed(): void {
  // A later part replaces an entry of an earlier one.
  entries = [...new Map([...parts.values()].flat().map((entry) => [entry.id, entry])).values()];
  for (const listener of listeners) listener();
}

/** Adds a part of the page's entries. @returns a function that removes them */
export function addEntries(part: readonly Entry[]): () => void {
  const name = Symbol();
  parts.set(name, part);
  changed();
  return () => {
    parts.delete(name);
    changed();
  };
}

/** All entries of the page, in the order in which they were added. */
export function currentEntries(): readonly Entry[] {
  return entries;
}

function watchEntries(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The page's entries, kept current. */
export function useEntries(): readonly Entry[] {
  return useSyncExternalStore(watchEntries, currentEntries);
}

/** Adds entries while the component is on the page. Pass the same array for as long as nothing changes. */
export function useCommands(part: readonly Entry[]): void {
  useEffect(() => addEntries(part), [part]);
}
