/**
 * What the suite does from an extension page: it sends messages as the product's pages do, and reads the
 * tables.
 */

/** Runs an expression in an extension page and returns what its promise resolves to. */
export type PageActions = (expression: string) => Promise<unknown>;

export type Row = Readonly<Record<string, unknown>>;

const OPEN = `await new Promise((resolve, reject) => {
  const opening = indexedDB.open('followledger');
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
})`;

/** Reads from an open database, bypassing all code of the extension. */
function withDatabase(body: string): string {
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

/** The browser's error when the background is terminated between a request and its response. */
const DIED = /Receiving end does not exist|message (?:channel|port) closed/i;

/**
 * Sends a message as the extension pages do. It starts the background if necessary, and sends the message
 * again if the background is terminated before it responds.
 */
export async function message(pageActions: PageActions, name: string, request: object): Promise<unknown> {
  for (;;) {
    const sent = (await pageActions(
      `chrome.runtime.sendMessage(${text({ name, request })}).catch((error) => ({ ok: false, why: String(error.message) }))`,
    )) as Reply | null | undefined;
    if (sent?.ok === true) return sent.response;
    // A background that is terminated before it responds leaves nothing, or an error of the browser.
    const why = sent?.why ?? 'no response';
    if (sent != null && !DIED.test(why)) throw new Error(`"${name}" was refused: ${why}`);
  }
}

export async function snapshotOf(pageActions: PageActions, id: string): Promise<Row> {
  const row = await pageActions(
    withDatabase(
      `return await got(database.transaction('snapshots').objectStore('snapshots').get(${text(id)})) ?? null;`,
    ),
  );
  if (row === null) throw new Error(`The list ${id} is gone.`);
  return row as Row;
}

export async function allSnapshots(pageActions: PageActions): Promise<Row[]> {
  return (await pageActions(
    withDatabase(`return await got(database.transaction('snapshots').objectStore('snapshots').getAll());`),
  )) as Row[];
}

/** The spending history of one list. */
export async function ledgerOf(pageActions: PageActions, id: string): Promise<Row[]> {
  return (await pageActions(
    withDatabase(
      `return await got(database.transaction('ledger').objectStore('ledger').index('snapshotId').getAll(${text(id)}));`,
    ),
  )) as Row[];
}

/** How many requests are marked as in progress. */
export async function requestsInProgress(pageActions: PageActions): Promise<number> {
  return (await pageActions(
    withDatabase(`
      const ledger = database.transaction('ledger').objectStore('ledger');
      const all = await got(ledger.index('[provider+status]').getAll());
      return all.filter(({ status }) => status === 'sent').length;`),
  )) as number;
}

/** The cursor that a list's last page offered; `''` before its first page. */
export async function cursorOffered(pageActions: PageActions, id: string): Promise<string> {
  return (await pageActions(
    withDatabase(`
      const range = IDBKeyRange.bound([${text(id)}, 0], [${text(id)}, Number.MAX_SAFE_INTEGER]);
      const walk = database.transaction('ids').objectStore('ids').openCursor(range, 'prev');
      return (await got(walk))?.value.next ?? '';`),
  )) as string;
}

/** The IDs of a list according to its pages, in order. Throws if the packed IDs of its pages differ. */
export async function listedIds(pageActions: PageActions, id: string): Promise<string[]> {
  const BATCH = 500;
  const all: string[] = [];
  for (let seq = 0; ; seq += BATCH) {
    const part = (await pageActions(
      withDatabase(`
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
    if (!part.same) throw new Error('The pages and their packed IDs differ.');
    if (!part.whole) throw new Error('A page is missing in the middle.');
    if (part.ids !== '') all.push(...part.ids.split(' '));
    if (part.pages < BATCH) return all;
  }
}

/** Changes the stored preferences directly. */
export async function setPreferences(pageActions: PageActions, patch: object): Promise<void> {
  await pageActions(
    withDatabase(`
      const settings = database.transaction('settings', 'readwrite').objectStore('settings');
      for (const [key, value] of Object.entries(${text(patch)})) await got(settings.put({ key, value }));`),
  );
}

export function stateOf(row: Row): { readonly kind: string } & Row {
  return row['state'] as { readonly kind: string } & Row;
}

export function errorKindOf(row: Row): string | null {
  const { trouble: runError } = stateOf(row) as { trouble?: { kind: string } };
  return runError?.kind ?? null;
}

export function outcomeOf(row: Row): string | null {
  const { outcome } = stateOf(row) as { outcome?: { kind: string } };
  return outcome?.kind ?? null;
}
