import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorSchema } from '../../../lib/model/ids.ts';
import {
  positionInToken,
  timeInPair,
  timeInPosition,
  timeInSeconds,
  timeInToken,
} from '../../../lib/providers/follow-times.ts';
import { cursorTimeOf } from '../../../lib/providers/cursor-times.ts';
import { adapters } from '../../../lib/providers/index.ts';
import { encodeToken } from './encode-token.ts';

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`);
/** Some samples are stated in whole seconds. */
const second = (time: number | null): number | null =>
  time === null ? null : Math.floor(time / 1000) * 1000;

it.each(adapters)('readers of lists read the cursors of $id as its adapter does', (adapter) => {
  // Methods of an adapter don't use `this`.
  const { followTime } = adapter as { followTime: unknown };
  expect(cursorTimeOf(adapter.id)).toBe(followTime);
});

describe('times in cursors', () => {
  it('are exact', () => {
    expect(timeInPosition('1591087837626119954')).toBe(1_517_379_605_890);
    expect(timeInPair('1798968831783875048|1790198958568505272')).toBe(1_715_630_370_887);
    expect(positionInToken('H1411NSKD9R1EZZZ')).toBe(1_690_655_897_754_290_312n);
    expect(timeInToken('H1411NSKD9R1EZZZ')).toBe(1_612_335_107_569);
    expect(positionInToken('AH7FJ7EP1NP1EZZZ')).toBe(1_725_456_835_545_747_028n);
    expect(timeInToken('AH7FJ7EP1NP1EZZZ')).toBe(1_645_523_868_127);
    expect(positionInToken('OUHQAVLTQ8FHKZZZ')).toBe(1_882_454_880_579_593_159n);
    expect(timeInToken('OUHQAVLTQ8FHKZZZ')).toBe(1_795_248_871_402);
    expect(timeInPair('1882454880579593159|2126617782828138512')).toBe(1_795_248_871_402);
    expect(timeInSeconds('1734470383')).toBe(1_734_470_383_000);
  });

  it.each([
    ['1591087837626119954', '2018-01-31 06:20:05'],
    ['1374004777531007833', '2011-07-11 02:57:46'],
    ['1333504313713126852', '2010-04-20 02:00:14'],
    ['1489467234237774933', '2015-01-05 14:04:06'],
    ['1425847792138991796', '2013-02-02 08:40:18'],
    ['1506342478189272987', '2015-07-10 20:28:53'],
    ['1596630855141399282', '2018-04-02 10:43:59'],
    ['1373407125131783107', '2011-07-04 12:38:21'],
  ])('X API v1.1: %s is %s', (cursor, time) => {
    expect(second(timeInPosition(cursor))).toBe(at(time));
  });

  it.each([
    ['1859209237637168512|2031099802887913420', '2026-03-09 18:14:58'],
    ['1845181907898247501|2031099901030432716', '2025-10-05 22:16:34'],
    ['1798968831783875048|1790198958568505272', '2024-05-13 19:59:30'],
    ['1803721296253803383|1811053341308878796', '2024-07-05 06:57:54'],
    ['1802752437708840768|1811054954580803532', '2024-06-24 14:18:18'],
    ['1793814858371082585|1769496596476592057', '2024-03-17 22:39:18'],
  ])("X's own lists: %s is %s", (cursor, time) => {
    expect(second(timeInPair(cursor))).toBe(at(time));
  });

  it.each([
    ['1769114253', '2026-01-22 20:37:33'],
    ['1734470383', '2024-12-17 21:19:43'],
    ['1779246345', '2026-05-20 03:05:45'],
    ['1779240839', '2026-05-20 01:33:59'],
    ['1779246412', '2026-05-20 03:06:52'],
    ['1605663376', '2020-11-18 01:36:16'],
  ])('TikTok: %s is %s', (cursor, time) => {
    expect(timeInSeconds(cursor)).toBe(at(time));
  });

  it.each([
    ['DFEDBNRFT3MHCZZZ', '2019-12-07 04:03:39'],
    ['H1411NSKD9R1EZZZ', '2021-02-03 06:51:47'],
    ['AH7FJ7EP1NP1EZZZ', '2022-02-22 09:57:48'],
  ])('X API v2: %s is %s', (token, time) => {
    expect(second(timeInToken(token))).toBe(at(time));
  });

  it('are not taken from anything else', () => {
    const none: readonly (readonly [(cursor: string) => number | null, readonly string[]])[] = [
      [timeInPosition, ['0', '-1', '12893764510938', '', '1591087837626119954|1', ' 1591087837626119954']],
      [timeInPosition, ['4611686018427387904', '-1591087837626119954', '99999999999999999999', '0x10']],
      [timeInPair, ['0|1683199037278257095', '-1|1683199037278257095', '1798968831783875048']],
      [timeInPair, ['4611686018541662731|1741085517660815316', '4611686018541662731|1741080922217775060']],
      [timeInPair, ['1798968831783875048|', '1798968831783875048|1|2', '|1', 'P|S']],
      [
        timeInToken,
        [
          '',
          'H1411NSKD9R1E',
          'h1411nskd9r1ezzz',
          'W1411NSKD9R1EZZZ',
          'H1411NSKD9R1FZZZ',
          '7140dibdnow9c7btw3w29grvxfcgvpdcq2lsb',
        ],
      ],
      [timeInToken, ['0000000000000ZZZ', 'VVVVVVVVVVVVUZZZ']],
      [timeInSeconds, ['0', '-1', '', '1400000000', '1734470383.5', '9999999999999']],
    ];
    for (const [decode, cursors] of none) {
      for (const cursor of cursors) expect([cursor, decode(cursor)]).toEqual([cursor, null]);
    }
  });

  it('any position in any form gives its milliseconds back', () => {
    const milliseconds = fc.integer({ min: Date.UTC(2006, 2, 21), max: Date.UTC(2038, 0, 1) });
    fc.assert(
      fc.property(milliseconds, fc.bigInt({ min: 0n, max: 2n ** 20n - 1n }), (time, random) => {
        const position = (BigInt(time) << 20n) | random;
        expect(timeInPosition(String(position))).toBe(time);
        expect(timeInPair(`${String(position)}|2126617782828138512`)).toBe(time);
        expect(positionInToken(encodeToken(position))).toBe(position);
        expect(timeInToken(encodeToken(position))).toBe(time);
      }),
    );
  });
});

describe('adapters', () => {
  const times = (name: string) => (cursor: string) =>
    adapters.find((adapter) => adapter.name === name)?.followTime(cursorSchema.parse(cursor));

  it('read their own cursors, and no others', () => {
    expect(times('SociaVault')('1882454880579593159|2126617782828138512')).toBe(1_795_248_871_402);
    expect(times('SociaVault')('1734470383')).toBe(1_734_470_383_000);
    expect(times('SociaVault')('0|1683199037278257095')).toBeNull();
    expect(times('SociaVault')('1882454880579593159')).toBeNull();
    expect(times('SocialFetch')('1779246345')).toBe(1_779_246_345_000);
    expect(times('SocialFetch')('1882454880579593159|2126617782828138512')).toBeNull();
    expect(times('X API v2')('OUHQAVLTQ8FHKZZZ')).toBe(1_795_248_871_402);
    expect(times('X API v2')('1882454880579593159')).toBeNull();
    expect(times('X API v1.1')('1591087837626119954')).toBe(1_517_379_605_890);
    expect(times('SocialData')('1882454880579593159|2126617782828138512')).toBe(1_795_248_871_402);
    // From its older documentation: a position that is out of range.
    expect(times('SocialData')('4611686018541662731|1741085517660815316')).toBeNull();
    expect(times('twitterapi.io')('1882454880579593159|2126617782828138512')).toBeNull();
    expect(times('X API v1.1')('OUHQAVLTQ8FHKZZZ')).toBeNull();
  });
});
