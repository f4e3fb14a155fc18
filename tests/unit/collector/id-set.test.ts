import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdSet } from '../../../lib/collector/id-set.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { packIds } from '../../../lib/store/ids.ts';

const id = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 66n }).map(String),
  // Few enough to repeat.
  fc.nat(40).map(String),
  fc.stringMatching(/^[0-9a-z_-]{1,6}$/),
  fc.constantFrom('0', '00', '4294967296', '18446744073709551615', '18446744073709551616'),
);

it('a set of IDs has the same content as a set of strings', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(id, fc.boolean()), { maxLength: 120 }), (entries) => {
      const ids = new IdSet();
      const plain = new Set<string>();
      for (const [text, packed] of entries) {
        expect(ids.has(text)).toBe(plain.has(text));
        if (packed) ids.addPacked(packIds([accountIdSchema.parse(text)]));
        else expect(ids.add(text)).toBe(!plain.has(text));
        plain.add(text);
        expect(ids.has(text)).toBe(true);
        expect(ids.size).toBe(plain.size);
      }
    }),
    { numRuns: 500 },
  );
});

it('a set of IDs grows beyond its initial slots without losing any', () => {
  const ids = new IdSet();
  const texts = Array.from({ length: 50_000 }, (_, index) =>
    String(10n ** 18n + BigInt(index) * 47_000_000_017n),
  );
  for (const text of texts) ids.add(text);
  expect(ids.size).toBe(texts.length);
  expect(texts.every((text) => ids.has(text))).toBe(true);
  expect(texts.some((text) => ids.has(String(BigInt(text) + 1n)))).toBe(false);
});
