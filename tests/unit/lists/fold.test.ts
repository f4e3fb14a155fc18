import fc from 'fast-check';
import { expect, it } from 'vitest';
import { VERSIONS } from '../../../lib/lists/columns.ts';
import { deriveMissing } from '../../../lib/lists/derive.ts';
import { Engine } from '../../../lib/lists/engine.ts';
import { extentOf } from '../../../lib/lists/extent.ts';
import { foldText } from '../../../lib/lists/fold.ts';
import { wholeList } from '../../../lib/lists/query.ts';
import { unknownAccount } from '../../../lib/model/account.ts';
import { accountIdSchema } from '../../../lib/model/ids.ts';
import { writtenList } from './stored-lists.ts';

/** The same word to a reader, with characters that stretch it, join it, or are invisible. */
const SAME = [
  ['tatweel', 'محمد', 'مـحـمـد'],
  ['a presentation form of tatweel', 'محمد', 'م\uFE71حمد'],
  ['the lajanyalan of N’Ko', 'ߒߞߏ', 'ߒߺߞߺߏ'],
  ['a zero-width joiner', 'ab', 'a\u200Db'],
  ['a zero-width non-joiner', 'نمیخواهم', 'نمی\u200Cخواهم'],
  ['a zero-width space', 'ab', 'a\u200Bb'],
  ['a word joiner', 'ab', 'a\u2060b'],
  ['a byte order mark', 'ab', '\uFEFFab'],
  ['a variation selector', '❤', '❤\uFE0F'],
  ['a variation selector beyond the BMP', '葛', '葛\u{E0100}'],
  ['a soft hyphen', 'zusammen', 'zu\u00ADsam\u00ADmen'],
  ['a direction mark', 'שלום', '\u200Fשלום\u202C'],
  ['a combining grapheme joiner', 'ab', 'a\u034Fb'],
  ['a Mongolian vowel separator', 'ᠠᠨ', 'ᠠ\u180Eᠨ'],
  ['a filler of Hangul', 'ab', 'a\u3164b'],
  ['an annotation mark', 'ab', 'a\uFFF9b\uFFFB'],
  ['a tag', 'ab', 'a\u{E0041}b'],
] as const;

it.each(SAME)('%s does not change the word', (_, plain, written) => {
  expect(foldText(written)).toBe(foldText(plain));
  expect(foldText(plain)).not.toBe('');
});

it('the Braille blank is a space, and a name of nothing else is empty', () => {
  expect(foldText('a\u2800\u2800b')).toBe('a b');
  expect(foldText('\u2800\u3164')).toBe('');
});

it('visible characters stay', () => {
  for (const sign of ['ー', '々', 'का', 'ガ', '\u06DD', '・', '_', '.'])
    expect(foldText(`a${sign}`)).not.toBe('a');
});

it('folding is idempotent, with such characters anywhere', () => {
  const unit = fc.constantFrom(
    'م',
    'ح',
    'ـ',
    '\u200D',
    '\u200C',
    '\uFE0F',
    '\u00AD',
    'a',
    'é',
    'e\u0301',
    ' ',
    'İ',
    '\u2800',
  );
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
  );
});

it.each(SAME)('searching with or without %s finds both', async (_, plain, written) => {
  const list = await writtenList();
  const names = [plain, written, 'someone else'];
  await list.addPage(
    names.map((name, index) => ({ ...unknownAccount(accountIdSchema.parse(String(index + 1))), name })),
  );
  await list.end();
  const snapshot = await list.snapshot();
  const engine = new Engine(list.store, snapshot.id);
  for (const text of [plain, written]) {
    let found: Uint32Array | null = null;
    for await (const { positions } of engine.find(
      { ...wholeList, text },
      extentOf(snapshot),
      new AbortController().signal,
    )) {
      found = positions;
    }
    expect(Array.from(found ?? [])).toEqual([0, 1]);
  }
  list.store.close();
});

it('columns folded by an earlier version are built again', async () => {
  const list = await writtenList();
  await list.addPage([{ ...unknownAccount(accountIdSchema.parse('1')), name: 'مـحـمـد' }]);
  await list.end();
  const { id } = await list.snapshot();
  const { signal } = new AbortController();
  expect(await deriveMissing(list.store, id, signal)).toBe(1);
  const all = await list.store.derived.read(id, ['name', 'set:common'], 0, 1);
  await list.store.derived.put(
    id,
    all.map((row) => ({ ...row, version: VERSIONS.common - 1 })),
  );
  expect(await deriveMissing(list.store, id, signal)).toBe(1);
  const again = await list.store.derived.read(id, ['name', 'set:common'], 0, 1);
  expect(again.map(({ version }) => version)).toEqual([VERSIONS.common, VERSIONS.common]);
  list.store.close();
});
