import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName } from '../../../lib/export/file-name.ts';
import type { Account, Snapshot } from '../../../lib/model.ts';
import { account, bench } from '../collector/bench.ts';
import { written } from './written.ts';

function row(rest: Partial<Account> = {}): Account {
  return { ...account(7), ...rest };
}

async function encode(
  accounts: readonly Account[],
  exact = false,
): Promise<{ text: string; guarded: number }> {
  const { bytes, remarks } = await written('csv', accounts, { exact });
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), guarded: remarks.guarded };
}

describe('a CSV file', () => {
  it('begins with a byte order mark and the columns in their order', async () => {
    const { text } = await encode([]);
    expect(text).toBe(
      '\uFEFFposition,id,handle,name,bio,location,website,followers,following,posts,likes,listed,verified,verified_type,private,created_at,language,region,profile_url,avatar_url,platform,source_handle,source_id,relation,provider,collected_at\r\n',
    );
  });

  it('holds ids digit for digit, times in ISO 8601 UTC, and nothing for what is unknown', async () => {
    const { text } = await encode([row({ createdAt: Date.UTC(2017, 10, 27, 12, 36, 52), verified: false })]);
    expect(text.split('\r\n')[1]).toBe(
      '1,1000000000000000007,h7,Name 7,,,,7,,,,,false,,,2017-11-27T12:36:52.000Z,,,https://x.com/h7,,x,someone,44196397,followers,bench,2026-11-14T15:04:05.000Z',
    );
  });

  it.each(['=cmd|calc', '+1', '-1', '@name', '\tx', '\rx'])(
    'guards %j, and leaves it alone when exact',
    async (bio) => {
      const read = async (exact: boolean) => {
        const { text, guarded } = await encode([row({ bio })], exact);
        const records = parse<Record<string, string>>(text, {
          bom: true,
          columns: true,
          record_delimiter: '\r\n',
        });
        return { bio: records[0]?.['bio'], guarded };
      };
      expect(await read(false)).toEqual({ bio: `'${bio}`, guarded: 1 });
      expect(await read(true)).toEqual({ bio, guarded: 0 });
    },
  );

  it('is read back by an independent parser, whatever the texts', async () => {
    const text = fc.string({
      unit: fc.constantFrom('"', ',', '\r', '\n', 'a', ' ', '😀', 'é', ';', '\u202E', "'"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1 }), async (bios) => {
        const { text: written } = await encode(
          bios.map((bio) => row({ bio })),
          true,
        );
        const records = parse<Record<string, string>>(written, {
          bom: true,
          columns: true,
          record_delimiter: '\r\n',
        });
        expect(records.map((record) => record['bio'])).toEqual(bios);
      }),
    );
  });
});

describe('the file’s name', () => {
  async function named(change: (snapshot: Snapshot) => Snapshot, filtered = false): Promise<string> {
    const snapshot = await bench({ followers: 5 }).run();
    return fileName(change(snapshot), { extension: 'csv', filtered });
  }

  it('says what is in it', async () => {
    expect(await named((s) => s)).toBe('followledger_x_someone_followers_2026-11-21.csv');
    expect(await named((s) => s, true)).toBe('followledger_x_someone_followers_2026-11-21_filtered.csv');
  });

  it('says when it is a part', async () => {
    const stopped = (s: Snapshot): Snapshot => ({
      ...s,
      state: { kind: 'ended', outcome: { kind: 'stopped' } },
    });
    expect(await named(stopped)).toBe('followledger_x_someone_followers_2026-11-21_partial.csv');
    expect(await named(stopped, true)).toBe(
      'followledger_x_someone_followers_2026-11-21_partial_filtered.csv',
    );
  });
});
