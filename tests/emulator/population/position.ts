/** X's positions in a list: the milliseconds of the follow, and 20 random bits below. */
import { mix } from './random.ts';

const RANDOM_BITS = 20n;

/** The position of the follow at a place of a sequence. */
export function positionOf(followedAt: number, seed: number, place: number): bigint {
  return (BigInt(followedAt) << RANDOM_BITS) | BigInt(mix(seed ^ 0x90517, place) & 0xfffff);
}

const EPOCH = 1_288_834_974_657;

/** The ID that X gives to what is made at a time, with some of its lower bits. */
export function snowflake(time: number, low: number): bigint {
  return (BigInt(time - EPOCH) << 22n) | BigInt(low & 0x3fffff);
}
