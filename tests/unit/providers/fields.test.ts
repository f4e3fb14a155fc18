import { describe, expect, it } from 'vitest';
import {
  count,
  first,
  flag,
  nonEmpty,
  readCursor,
  readFlag,
  readId,
  readList,
  readOffer,
  readSeconds,
  readTime,
  section,
  text,
  verifiedType,
} from '../../../lib/providers/fields.ts';
import { z } from '../../../lib/zod.ts';

describe('fields that are missing or of another type are null', () => {
  const schema = z.object({ text, flag, count, section: section({ text }) });
  const nothing = { text: null, flag: null, count: null, section: null };

  it.each([
    [{}, nothing],
    [{ text: 7, flag: 'yes', count: '7', section: 'x' }, nothing],
    [{ text: null, flag: null, count: null, section: null }, nothing],
    [{ text: 'x'.repeat(100_001), count: -1, flag: 0, section: [] }, nothing],
    [{ count: 1.5 }, nothing],
    [{ count: 2 ** 53 }, nothing],
    [
      { text: '', flag: false, count: 0, section: {} },
      { text: '', flag: false, count: 0, section: { text: null } },
    ],
  ])('%#', (value, expected) => {
    expect(schema.parse(value)).toEqual(expected);
  });
});

describe('lists', () => {
  it.each([
    [
      [1, 2],
      [1, 2],
    ],
    [{ 0: 'a', 1: 'b' }, ['a', 'b']],
    [{ 10: 'k', 9: 'j' }, ['j', 'k']],
    [{ 0: 'a', length: 1 }, ['a']],
    [{}, []],
    [[], []],
    [null, []],
    [undefined, []],
    [{ user: 'a' }, null],
    ['ab', null],
    [7, null],
    [true, null],
  ])('%j is %j', (value, expected) => {
    expect(readList(value)).toEqual(expected);
  });

  it('end at 10,000: anything longer is not a page', () => {
    const most = Array.from({ length: 10_000 }, (_, index) => index);
    expect(readList(most)).toEqual(most);
    expect(readList(Object.fromEntries(most.entries()))).toEqual(most);
    expect(readList([...most, 1])).toBeNull();
    expect(readList(Object.fromEntries([...most, 1].entries()))).toBeNull();
  });

  it('ignore a __proto__ key', () => {
    expect(readList(JSON.parse('{"0":"a","__proto__":{"1":"b"}}'))).toEqual(['a']);
  });
});

describe('IDs', () => {
  it.each([
    ['935125269261766657', '935125269261766657'],
    ['18446744073709551616', '18446744073709551616'],
    ['007', '007'],
    [7, '7'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [2 ** 53, null],
    [1.5, null],
    [-7, null],
    ['-7', null],
    ['', null],
    [' 7', null],
    ['7\n', null],
    ['VXNlcjo5', null],
    ['9'.repeat(65), null],
    [null, null],
    [{}, null],
    [['7'], null],
  ])('%j is %j', (value, expected) => {
    expect(readId(value)).toBe(expected);
  });
});

describe('cursors', () => {
  it.each([
    ['a|b=+', 'a|b=+', 'a|b=+'],
    [7, '7', '7'],
    ['', null, null],
    [' ', ' ', null],
    [null, null, null],
    [undefined, null, null],
    [{}, null, undefined],
    [true, null, undefined],
    [1e22, null, undefined],
    ['x'.repeat(8193), null, undefined],
  ])('%j', (value, cursor, offer) => {
    expect(readCursor(value)).toBe(cursor);
    expect(readOffer(value)).toBe(offer);
  });
});

describe('times', () => {
  it.each([
    ['Mon Nov 27 12:36:52 +0000 2017', Date.UTC(2017, 10, 27, 12, 36, 52)],
    ['2013-12-14T04:35:55.000Z', Date.UTC(2013, 11, 14, 4, 35, 55)],
    ['2013-12-14T04:35:55Z', Date.UTC(2013, 11, 14, 4, 35, 55)],
    ['2013-12-14T04:35:55+02:00', Date.UTC(2013, 11, 14, 2, 35, 55)],
    ['2013-12-14T04:35:55', Date.UTC(2013, 11, 14, 4, 35, 55)],
    ['2013-12-14', Date.UTC(2013, 11, 14)],
    ['Mon Foo 27 12:36:52 +0000 2017', null],
    ['2013-99-99T04:35:55Z', null],
    ['Thu Jan 01 00:00:00 +0000 1970', null],
    ['1970-01-01T00:00:00.000Z', null],
    ['1969-12-31', null],
    ['Thu Jan 01 00:00:01 +0000 1970', 1000],
    ['2013', null],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%j is %j', (value, expected) => {
    expect(readTime(value)).toBe(expected);
  });

  it.each([
    [1546820065, 1546820065000],
    ['1546820065', 1546820065000],
    [99_999_999_999, 99_999_999_999_000],
    [100_000_000_000, 100_000_000_000],
    [1_550_594_547_000, 1_550_594_547_000],
    ['1550594547000', 1_550_594_547_000],
    [99_999_999_999_999, 99_999_999_999_999],
    [100_000_000_000_000, null],
    [Number.MAX_SAFE_INTEGER, null],
    [0, null],
    [-1, null],
    [1.5, null],
    ['', null],
    [null, null],
    [{}, null],
  ])('%j, in seconds or milliseconds, is %j', (value, expected) => {
    expect(readSeconds(value)).toBe(expected);
  });
});

describe('small readers', () => {
  it.each([
    [true, true],
    [false, false],
    [1, true],
    [0, false],
    [2, null],
    ['1', null],
    [null, null],
  ])('%j as a flag is %j', (value, expected) => {
    expect(readFlag(value)).toBe(expected);
  });

  it.each([
    ['Business', 'business'],
    ['NONE', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j as a kind of verification is %j', (value, expected) => {
    expect(verifiedType(value)).toBe(expected);
  });

  it('the first known value is used, including false and 0', () => {
    expect(first(null, undefined, 0, 1)).toBe(0);
    expect(first<boolean>(null, false, true)).toBe(false);
    expect(first(null, undefined)).toBeNull();
  });

  it('blank text is null', () => {
    expect([nonEmpty(' '), nonEmpty(''), nonEmpty(null), nonEmpty(' a ')]).toEqual([null, null, null, ' a ']);
  });
});
