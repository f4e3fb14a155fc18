/** Responses that were paid for but could not be parsed, kept unchanged so that a later version can read them again. */
import type { SnapshotId } from '../model/ids.ts';
import type { RawResponse } from '../model/raw-response.ts';
import { clean } from './clean.ts';
import type { Database } from './database.ts';
import { allSeqs } from './page-log.ts';

export class RawResponses {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async ofSnapshot(id: SnapshotId): Promise<RawResponse[]> {
    const [from, to] = allSeqs(id);
    return this.#db.raw.where('[snapshotId+seq]').between(from, to, true, true).toArray();
  }

  /** Visits the responses of all lists, one at a time. */
  async each(visit: (raw: RawResponse) => Promise<void>): Promise<void> {
    for (const key of await this.#db.raw.toCollection().primaryKeys()) {
      const raw = await this.#db.raw.get(key);
      if (raw !== undefined) await visit(raw);
    }
  }

  /** Replaces the bytes of a response, unless it was deleted meanwhile. */
  async replaceBytes({ snapshotId, seq }: RawResponse, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { raw } = this.#db;
    await this.#db.transaction('rw', raw, async () => {
      const now = await raw.get([snapshotId, seq]);
      if (now !== undefined) await raw.put(clean.raw({ ...now, bytes }));
    });
  }
}
