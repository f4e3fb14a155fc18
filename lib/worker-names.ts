/** What `worker.ts` can do. */
export type WorkerName = 'list' | 'export';
