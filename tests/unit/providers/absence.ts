/** Absence is not emptiness: checks what a list endpoint makes of its valid responses when single keys are missing. */
import { expect, it } from 'vitest';
import { replay } from '../../../lib/providers/http.ts';
import type { Endpoint, Read, Sample } from './endpoints.ts';
import { apply, pathsOf, type Path } from './mutate.ts';

function connectionFor(document: unknown) {
  return replay({ status: 200, receivedAt: 0, bytes: new TextEncoder().encode(JSON.stringify(document)) });
}

/** Every key of a sample except the items of its list, because a missing item cannot be noticed. */
function keysOf({ document, rows, others }: Sample): readonly Path[] {
  const items = new Set([...rows.map(({ place }) => place), ...others].map((place) => place.join('\n')));
  return pathsOf(document).filter((path) => !items.has(path.join('\n')));
}

/** Entries of a page that are accounted for: as accounts, or counted as something else. */
function accountedFor({ accounts, unreadable, unexpected }: Read): number {
  const skipped = (unexpected?.unavailable ?? 0) + (unexpected?.['no-account'] ?? 0);
  return accounts.length + unreadable + skipped;
}

async function shortened(endpoint: Endpoint, sample: Sample, isLast: boolean): Promise<string[]> {
  const documented = new Set((endpoint.endsByAbsence ?? []).map((path) => path.join('.')));
  const found: string[] = [];
  for (const path of keysOf(sample)) {
    const result = await endpoint.read(connectionFor(apply(sample.document, path, 'drop')));
    if (!result.ok || result.value.next !== null || (!isLast && documented.has(path.join('.')))) continue;
    if (!isLast || accountedFor(result.value) < sample.rows.length) found.push(path.join('.'));
  }
  return found;
}

/** Declares the tests of one endpoint that lists accounts by pages. */
export function testMissingKeys(endpoint: Endpoint): void {
  it('takes a page for the last of its list only if the page says so, whichever key is missing', async () => {
    expect(endpoint.samples.length).toBeGreaterThan(0);
    for (const sample of endpoint.samples) {
      const whole = await endpoint.read(connectionFor(sample.document));
      expect(whole.ok && whole.value.next).toEqual(expect.any(String));
      expect(keysOf(sample).length).toBeGreaterThan(2);
      expect(await shortened(endpoint, sample, false)).toEqual([]);
    }
  });

  it('ends no list with fewer accounts than its last page contains, whichever key is missing', async () => {
    const pages = endpoint.lastPages ?? [];
    expect(pages.length).toBeGreaterThan(0);
    for (const sample of pages) {
      expect(await endpoint.read(connectionFor(sample.document))).toMatchObject({
        ok: true,
        value: { next: null },
      });
      expect(await shortened(endpoint, sample, true)).toEqual([]);
    }
  });
}
