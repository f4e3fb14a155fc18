import { describe, expect, it } from 'vitest';
import { platformSchema, relationSchema } from '../../../lib/model/platform.ts';
import { adapterById, adapters, adaptersFor } from '../../../lib/providers/index.ts';
import { readBaseUrl } from '../../../lib/providers/http.ts';

const combinations = platformSchema.options.flatMap((platform) =>
  relationSchema.options.map((relation) => [platform, relation] as const),
);

describe('the registry', () => {
  it('lists the providers as the settings do, in that order', () => {
    expect(adapters.map(({ name }) => name)).toEqual([
      'SociaVault',
      'SocialFetch',
      'twitterapi.io',
      'SocialData',
      'X API v2',
      'X API v1.1',
    ]);
  });

  it('gives each a unique ID', () => {
    expect(new Set(adapters.map(({ id }) => id)).size).toBe(adapters.length);
    for (const adapter of adapters) expect(adapterById(adapter.id)).toBe(adapter);
  });

  it('states the capabilities of the contracts', () => {
    const table = Object.fromEntries(
      combinations.map(([platform, relation]) => [
        `${platform} ${relation}`,
        adaptersFor(platform, relation).map(({ name }) => name),
      ]),
    );
    const onX = ['SociaVault', 'twitterapi.io', 'SocialData', 'X API v2', 'X API v1.1'];
    const onTiktok = ['SociaVault', 'SocialFetch'];
    expect(table).toEqual({
      'x followers': onX,
      'x following': onX,
      'tiktok followers': onTiktok,
      'tiktok following': onTiktok,
    });
  });

  it('states the host, the key format, and the price of each', () => {
    const facts = adapters.map(({ name, origin, key, price, fillSize }) => ({
      name,
      origin,
      header: key.header('K'),
      prefix: key.prefix,
      price,
      fillSize,
    }));
    expect(facts).toEqual([
      {
        name: 'SociaVault',
        origin: 'https://api.sociavault.com',
        header: ['X-API-Key', 'K'],
        prefix: 'sk_live_',
        price: { unit: 'credits', perRequest: 1, perRow: 0, resolve: 1, perFill: 0 },
        fillSize: 0,
      },
      {
        name: 'SocialFetch',
        origin: 'https://api.socialfetch.dev',
        header: ['x-api-key', 'K'],
        prefix: 'sfk_',
        price: { unit: 'credits', perRequest: 1, perRow: 0, resolve: 0, perFill: 0 },
        fillSize: 0,
      },
      {
        name: 'twitterapi.io',
        origin: 'https://api.twitterapi.io',
        header: ['x-api-key', 'K'],
        prefix: null,
        // A credit is ten micro-dollars.
        price: {
          unit: 'usd',
          perRequest: 0,
          perRow: 150,
          perPageAtLeast: 150,
          resolve: 180,
          perFill: 0,
          keyCheck: 150,
        },
        fillSize: 0,
      },
      {
        name: 'SocialData',
        origin: 'https://api.socialdata.tools',
        header: ['Authorization', 'Bearer K'],
        prefix: null,
        price: { unit: 'usd', perRequest: 0, perRow: 200, resolve: 200, perFill: 0 },
        fillSize: 0,
      },
      {
        name: 'X API v2',
        origin: 'https://api.x.com',
        header: ['Authorization', 'Bearer K'],
        prefix: 'AAAA',
        // Ten thousand micro-dollars are one cent.
        price: { unit: 'usd', perRequest: 0, perRow: 10_000, resolve: 10_000, perFill: 0 },
        fillSize: 0,
      },
      {
        name: 'X API v1.1',
        origin: 'https://api.x.com',
        header: ['Authorization', 'Bearer K'],
        prefix: null,
        price: { unit: 'requests', perRequest: 1, perRow: 0, resolve: 1, perFill: 1, keyCheck: 1 },
        fillSize: 100,
      },
    ]);
  });
});

describe.each(adapters.map((adapter) => [adapter.name, adapter] as const))('%s', (_, adapter) => {
  it('uses only https addresses, also for its links', () => {
    expect(new URL(adapter.origin).protocol).toBe('https:');
    expect(readBaseUrl(adapter.origin)).toBe(adapter.origin);
    expect(new URL(adapter.origin).origin).toBe(adapter.origin);
    for (const url of [adapter.key.url, adapter.topUpUrl]) {
      if (url !== null) expect(new URL(url).protocol).toBe('https:');
    }
  });

  it('removes white space from a pasted key', () => {
    expect(adapter.key.clean(' \n key \t')).toBe('key');
  });

  it('fills in accounts only if its pages contain IDs', async () => {
    if (adapter.fillSize > 0) {
      expect(adapter.price.perFill).toBeGreaterThan(0);
      return;
    }
    const connection = {
      send: () => Promise.reject(new Error('sent')),
      lastResponse: () => null,
      quote: () => null,
      mayBeSentTwice: () => false,
    };
    await expect(adapter.fillIn({ ids: [] }, connection)).rejects.toThrow('pages contain complete accounts');
  });

  it('states the page sizes of the contracts', () => {
    const rules = {
      SociaVault: [70, 20],
      SocialFetch: [null, 20],
      'twitterapi.io': [200, null],
      SocialData: [200, null],
      'X API v2': [1000, null],
      'X API v1.1': [5000, null],
    };
    const [x, tiktok] = rules[adapter.name as keyof typeof rules];
    if (adapter.supports('x', 'followers')) expect(adapter.pages('x').most).toBe(x);
    if (adapter.supports('tiktok', 'followers')) expect(adapter.pages('tiktok').most).toBe(tiktok);
  });
});
