/** The log of requests, with promises for future ones. Nothing here polls. */
import type { Predicate, RequestRecord } from './exchange.ts';

interface Waiter {
  readonly predicate: Predicate;
  readonly after: number;
  readonly resolve: (record: RequestRecord) => void;
  readonly reject: (error: Error) => void;
}

export class Journal {
  readonly records: RequestRecord[] = [];
  readonly #waiters = new Set<Waiter>();

  add(record: Omit<RequestRecord, 'n'>): RequestRecord {
    const numbered: RequestRecord = { n: this.records.length + 1, ...record };
    this.records.push(numbered);
    this.changed(numbered);
    return numbered;
  }

  /** Must be called after every change of a record. */
  changed(record: RequestRecord): void {
    for (const waiter of this.#waiters) {
      if (record.n <= waiter.after || !waiter.predicate(record)) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(record);
    }
  }

  waitFor(predicate: Predicate, after: number): Promise<RequestRecord> {
    const found = this.records.find((record) => record.n > after && predicate(record));
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => this.#waiters.add({ predicate, after, resolve, reject }));
  }

  /** Ends all waits: nothing more will come. */
  close(): void {
    for (const { reject } of this.#waiters)
      reject(new Error('the emulator was closed while a test waited for a request'));
    this.#waiters.clear();
  }
}
