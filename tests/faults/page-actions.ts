/** What the suite does from a page of the extension: it sends messages as our own pages do, and looks at the tables. */

/** Runs an expression in a page of the extension, and gives what its promise comes to. */
export type Hands = (expression: string) => Promise<unknown>;

export type Row = Readonly<Record<string, unknown>>;

const OPEN = `await new Promise((resolve, reject) => {
  const opening = indexedDB.open('followledger');
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
})`;

/** Reads with an open database, past all code of the extension. */
function reading(body: string): string {
  return `(async () => {
    const database = ${OPEN};
    const got = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    try { ${body} } finally { database.close(); }
  })()`;
}

function text(value: unknown): string {
  return JSON.stringify(value);
}

export interface Reply {
  readonly ok: boolean;
  readonly response?: unknown;
  readonly why?: string;
}

/** What the browser says when the background dies between a question and its answer. */
const DIED = /Receiving end does not exist|message (?:channel|port) closed/i;

/**
 * Sends a message as our own pages do. It starts the background, if none is alive, and is sent again to the next one
 * when the background dies while it is asked.
 */
export async function message(hands: Hands, name: string, request: object): Promise<unknown> {
  for (;;) {
    const sent = (await hands(
      `chrome.runtime.sendMessage(${text({ name, request })}).catch((error) => ({ ok: false, why: String(error.message) }))`,
    )) as Reply | null | undefined;
    if (sent?.ok === true) return sent.response;
    // A background that dies before it answers leaves nothing, or an error of the browser's.
    const why = sent?.why ?? 'no answer';
    if (sent != null && !DIED.test(why)) throw new Error(`"${name}" was refused: ${why}`);
  }
}

export async function snapshotOf(hands: Hands, id: string): Promise<Row> {
  const row = await hands(
    reading(
      `return await got(database.transaction('snapshots').objectStore('snapshots').get(${text(id)})) ?? null;`,
    ),
  );
  if (row === null) throw new Error(`The list ${id} is gone.`);
  return row as Row;
}

export async function allSnapshots(hands: Hands): Promise<Row[]> {
  return (await hands(
    reading(`return await got(database.transaction('snapshots').objectStore('snapshots').getAll());`),
  )) as Row[];
}

/** The spending history of one list. */
export async function ledgerOf(hands: Hands, id: string): Promise<Row[]> {
  return (await hands(
    reading(
      `return await got(database.transaction('ledger').objectStore('ledger').index('snapshotId').getAll(${text(id)}));`,
    ),
  )) as Row[];
}

/** How many requests stand as under way. */
export async function underWay(hands: Hands): Promise<number> {
  return (await hands(
    reading(`
      const ledger = database.transaction('ledger').objectStore('ledger');
      const all = await got(ledger.index('[provider+status]').getAll());
      return all.filter(({ status }) => status === 'sent').length;`),
  )) as number;
}

/** The cursor that a list's last page offered; `''` before its first page. */
export async function cursorOffered(hands: Hands, id: string): Promise<string> {
  return (await hands(
    reading(`
      const range = IDBKeyRange.bound([${text(id)}, 0], [${text(id)}, Number.MAX_SAFE_INTEGER]);
      const walk = database.transaction('ids').objectStore('ids').openCursor(range, 'prev');
      return (await got(walk))?.value.next ?? '';`),
  )) as string;
}

/** The ids of a list as its pages have them, in order; throws when the packed ids of its pages say otherwise. */
export async function listedIds(hands: Hands, id: string): Promise<string[]> {
  const BATCH = 500;
  const all: string[] = [];
  for (let seq = 0; ; seq += BATCH) {
    const part = (await hands(
      reading(`
        const range = IDBKeyRange.bound([${text(id)}, ${String(seq)}], [${text(id)}, ${String(seq + BATCH - 1)}]);
        const both = database.transaction(['pages', 'ids']);
        const pages = await got(both.objectStore('pages').getAll(range));
        const packed = await got(both.objectStore('ids').getAll(range));
        const ids = pages.flatMap(({ accounts }) => accounts.id);
        const again = packed.flatMap(({ ids }) => Array.from(ids, String));
        return {
          pages: pages.length,
          ids: ids.join(' '),
          same: ids.join(' ') === again.join(' '),
          whole: pages.every(({ seq }, index) => seq === ${String(seq)} + index),
        };`),
    )) as { pages: number; ids: string; same: boolean; whole: boolean };
    if (!part.same) throw new Error('The pages and their packed ids differ.');
    if (!part.whole) throw new Error('A page is missing between others.');
    if (part.ids !== '') all.push(...part.ids.split(' '));
    if (part.pages < BATCH) return all;
  }
}

/** Changes preferences as they are stored. */
export async function prefer(hands: Hands, patch: object): Promise<void> {
  await hands(
    reading(`
      const settings = database.transaction('settings', 'readwrite').objectStore('settings');
      for (const [key, value] of Object.entries(${text(patch)})) await got(settings.put({ key, value }));`),
  );
}

export function stateOf(row: Row): { readonly kind: string } & Row {
  return row['state'] as { readonly kind: string } & Row;
}

export function troubleOf(row: Row): string | null {
  const { trouble } = stateOf(row) as { trouble?: { kind: string } };
  return trouble?.kind ?? null;
}

export function outcomeOf(row: Row): string | null {
  const { outcome } = stateOf(row) as { outcome?: { kind: string } };
  return outcome?.kind ?? null;
}
