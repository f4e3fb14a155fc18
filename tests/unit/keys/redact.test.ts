import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactText } from '../../../lib/keys/redaction/redact.ts';
import { isTraced, tracesOf, type KeyTrace } from '../../../lib/keys/redaction/trace.ts';
import { givesAway, spellings } from '../../emulator/spellings.ts';

const KEYS = [
  'sk_live_7f3a91c2d4e86b05aa17',
  'AAAAAAAAAAAAAAAAAAAAAJ9x%2FdGVzdA%2Bq%3D8Lm2',
  'a+b/c=d-e_f.g~h!i*j:k@l$m|nop',
] as const;

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true });

async function clean(source: string, key: string | null, traces: readonly KeyTrace[] = []): Promise<string> {
  return text.decode(await redact(utf8.encode(source), key, traces));
}

/** Text inside a JSON string, unchanged: a spelled key is already escaped. */
const frames = [
  (inside: string) => `{"echo":"${inside}"}`,
  (inside: string) => `{"a":["café ${inside} ☕"],"b":"\\u00e9${inside}\\n"}`,
  (inside: string) => `{"headers":"x-api-key: ${inside}\\r\\naccept: */*"}`,
  (inside: string) => `{"url":"https:\\/\\/api.example\\/?key=${inside}&more=1"}`,
];

describe.each(KEYS)('the key %s', (key) => {
  const forms = spellings(key);

  it.each(forms)('is found as %s, with the key itself and with only its trace', async (name, spelled) => {
    const traces = await tracesOf(key);
    for (const frame of frames) {
      const source = frame(spelled);
      for (const found of [await clean(source, key), await clean(source, null, traces)]) {
        expect(found).toContain('•••');
        for (const [form, revealsKey] of givesAway(key)) {
          expect(found.includes(revealsKey), `${form} in what was ${name}: ${found}`).toBe(false);
        }
        expect(() => JSON.parse(found) as unknown).not.toThrow();
      }
    }
  });

  it('is found in all spellings at once, between those of another key', async () => {
    const other = 'sfk_0b6e4d19a7c25f83_of_another_provider';
    const traces = await tracesOf(other);
    const all = [...forms, ...spellings(other)].map(([, spelled]) => spelled);
    const found = await clean(`{"all":["${all.join('","')}"]}`, key, traces);
    for (const secret of [key, other]) {
      for (const [, revealsKey] of givesAway(secret)) expect(found).not.toContain(revealsKey);
    }
    expect((JSON.parse(found) as { all: unknown[] }).all).toHaveLength(all.length);
  });

  it('is found in text of two bytes per character', async () => {
    const bytes = new Uint8Array(Buffer.from(`{"key":"${key}"}`, 'utf16le'));
    const found = Buffer.from(await redact(bytes, key, []));
    expect(found.includes(Buffer.from(key, 'utf16le'))).toBe(false);
  });

  it('cannot be derived from its trace', async () => {
    const traces = await tracesOf(key);
    expect(traces.length).toBeGreaterThan(0);
    for (const trace of traces) {
      // The non-random parts reveal only the length, a position, and 28 bits.
      const { length, offset, window, sum, ...rest } = trace;
      expect(Object.keys(rest).sort()).toEqual(['digest', 'id', 'salt']);
      expect([length > 0, offset < length, window]).toEqual([true, true, 16]);
      expect(sum).toBeLessThan(2 ** 28);
    }
    const [first] = traces;
    const [again] = await tracesOf(key);
    expect(again?.id).not.toBe(first?.id);
  });

  it('is removed completely where another key is a part of it', async () => {
    const part = key.slice(2, 22);
    const parts = await tracesOf(part);
    expect(parts.length).toBeGreaterThan(0);
    const source = `{"key":"${key}","end":"${key}"}`;
    expect(await clean(source, key, parts)).toBe('{"key":"•••","end":"•••"}');
    expect(await clean(source, null, [...(await tracesOf(key)), ...parts])).toBe('{"key":"•••","end":"•••"}');
  });

  it('is recognized by its traces, and another key is not', async () => {
    const traces = await tracesOf(key);
    expect(await isTraced(key, traces)).toBe(true);
    expect(await isTraced(key.replace(/.$/, 'Z'), traces)).toBe(false);
    expect(await isTraced(key, [])).toBe(false);
  });
});

it('a key that could be guessed has no trace', async () => {
  expect(await tracesOf('sk_live_0123456789a')).toEqual([]);
  expect(await tracesOf('sk_live_0123456789ab')).toHaveLength(1);
});

describe('text that is not a key', () => {
  it('is returned unchanged, as the same byte array', async () => {
    const [key] = KEYS;
    const traces = await tracesOf(KEYS[1]);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.json(), async (bytes, json) => {
        const ownValue = new Uint8Array(bytes);
        expect(await redact(ownValue, key, traces)).toBe(ownValue);
        const document = utf8.encode(json);
        expect(await redact(document, key, traces)).toBe(document);
      }),
    );
  });

  it('includes a text with the same characters in another order', async () => {
    const key = KEYS[0];
    const turned = `${key.slice(14)}${key.slice(0, 14)}`;
    expect(await clean(`"${turned}"`, key, await tracesOf(key))).toBe(`"${turned}"`);
  });

  it('includes a part of the key, as providers show it', async () => {
    const key = KEYS[0];
    const shown = `{"error":"The key ending in ${key.slice(-4)} is not active."}`;
    expect(await clean(shown, key, await tracesOf(key))).toBe(shown);
  });

  it('includes the text of a short key, except in a message', async () => {
    expect(await clean('{"data":1}', 'data')).toBe('{"data":1}');
    expect(redactText('the key data is bad', 'data')).toBe('the key ••• is bad');
  });
});

it('texts around keys are unchanged, whatever they contain', async () => {
  const key = KEYS[0];
  const traces = await tracesOf(key);
  const around = fc.string({
    unit: fc.constantFrom('\\', '"', '%', '&', '4', 'u', 'é', ' ', 'n', '0', '😀', 'x'),
  });
  await fc.assert(
    fc.asyncProperty(around, around, fc.boolean(), async (before, after, atHand) => {
      const source = JSON.stringify({ before, said: ` ${key} `, after });
      const found = await (atHand ? clean(source, key) : clean(source, null, traces));
      expect(JSON.parse(found)).toEqual({ before, said: ' ••• ', after });
    }),
  );
});
