import { describe, expect, it } from 'vitest';
import { baseUrlError } from '../../../components/providers/base-url.ts';
import { howManyOf } from '../../../components/start/HowMany.tsx';
import { readAmount, writeAmount } from '../../../components/shared/amount-text.ts';
import { readBaseUrl } from '../../../lib/providers/http.ts';

describe('a base URL', () => {
  it.each([
    ['https://api.sociavault.com', null],
    ['https://proxy.example/x/', null],
    ['http://127.0.0.1:8080/x', null],
    ['http://localhost:1', null],
    ['http://api.sociavault.com', 'insecure'],
    ['ftp://api.sociavault.com', 'broken'],
    ['api.sociavault.com', 'broken'],
    ['', 'broken'],
    ['https://me:secret@api.example', 'extra'],
    ['https://api.example/?a=1', 'extra'],
  ])('%s', (text, expected) => {
    expect(baseUrlError(text)).toBe(expected);
    // What the field accepts is what is stored, and the reverse.
    expect(readBaseUrl(text) === null).toBe(expected !== null);
  });
});

describe('an amount', () => {
  it('is in whole credits or requests, and in micro-dollars', () => {
    expect(readAmount(' 500 ', 'credits')).toBe(500);
    expect(readAmount('1.25', 'usd')).toBe(1_250_000);
    expect(readAmount('', 'usd')).toBeNull();
  });

  it.each(['-1', 'x', '1e99', 'Infinity'])('can’t be %s', (text) => {
    expect(readAmount(text, 'usd')).toBeUndefined();
  });

  it("can't be half a credit", () => {
    expect(readAmount('0.5', 'credits')).toBeUndefined();
  });

  it('is written as it is read', () => {
    expect(readAmount(writeAmount(5_000_000, 'usd'), 'usd')).toBe(5_000_000);
  });
});

describe('the number of accounts', () => {
  it('reads the choice', () => {
    expect(howManyOf({ kind: 'all' })).toBeNull();
    expect(howManyOf({ kind: 'newest', rows: 1000 })).toBe(1000);
    expect(howManyOf({ kind: 'number', text: '250' })).toBe(250);
    expect(howManyOf({ kind: 'number', text: '' })).toBeUndefined();
    expect(howManyOf({ kind: 'number', text: '-3' })).toBeUndefined();
    expect(howManyOf({ kind: 'number', text: '1.5' })).toBeUndefined();
  });
});
