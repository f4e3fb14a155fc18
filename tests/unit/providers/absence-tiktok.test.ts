import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accountIdSchema, cursorSchema } from '../../../lib/model/ids.ts';
import { handleSchema } from '../../../lib/model/profile.ts';
import { replay } from '../../../lib/providers/http.ts';
import { socialFetch } from '../../../lib/providers/socialfetch.ts';
import { sociavault } from '../../../lib/providers/sociavault/index.ts';
import { testMissingKeys } from './absence.ts';
import { vendorText } from './answers.ts';
import { endpoints } from './endpoints.ts';
import { apply, pathsOf } from './mutate.ts';

const lists = endpoints.filter(({ name }) => name.includes(', TikTok f'));

it('covers every TikTok list of every provider', () => {
  expect(lists).toHaveLength(4);
});

describe.each(lists.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_, endpoint) => {
  testMissingKeys(endpoint);
});

const examples = readdirSync(new URL('../../vendor/', import.meta.url))
  .filter((file) => /tiktok.*\.json$/.test(file) && !file.includes('errors'))
  .map((file) => file.replace('.json', ''));

/** Reads an example response as the first page of a list and as a later one. */
async function read(name: string, document: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const profile = {
    platform: 'tiktok',
    handle: handleSchema.parse('someone'),
    id: accountIdSchema.parse('6659752019493208069'),
  } as const;
  const relation = name.includes('following') ? 'following' : 'followers';
  const adapter = name.startsWith('socialfetch') ? socialFetch : sociavault;
  const pages = [null, cursorSchema.parse('1900000000')].map((cursor) =>
    adapter.fetchPage(
      { profile, relation, cursor, limit: 20 },
      replay({ status: 200, receivedAt: 0, bytes }),
    ),
  );
  return Promise.all(pages);
}

describe('the vendors’ documented example responses', () => {
  it('are all covered', () => {
    expect(examples).toHaveLength(9);
  });

  it.each(examples)('%s without any one of its keys is not a shorter list', async (name) => {
    const document: unknown = JSON.parse(vendorText(name));
    const whole = await read(name, document);
    const ended = whole.filter((result) => result.ok && result.value.next === null).length;
    // Of all examples, only the empty one is a list that ends.
    expect(ended).toBe(name.endsWith('-empty') ? 2 : 0);
    const paths = pathsOf(document);
    expect(paths.length).toBeGreaterThan(8);
    const shorter: string[] = [];
    for (const path of paths) {
      const results = await read(name, apply(document, path, 'drop'));
      const isEnd = results.some((result) => result.ok && result.value.next === null);
      if (isEnd && ended === 0) shorter.push(path.join('.'));
      // The key of the lookup status, or of the list itself, is missed in the empty list too.
      if (isEnd && /lookupStatus|\.followers$/.test(path.join('.'))) shorter.push(path.join('.'));
    }
    expect(shorter).toEqual([]);
  });
});
