/**
 * When the accounts of a sequence followed: growth that accelerates, and one week in which many came. Computed by place,
 * so that a million followers take no memory, and the same for every list with the same places.
 */
import type { Platform } from '../platforms.ts';
import { mix } from './random.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** The newest follow of all. */
const NEWEST = Date.UTC(2026, 8, 21, 15, 33, 20);
/** When the profiles of each platform began, and before which no place of a longer sequence is. */
const BEGAN: Readonly<Record<Platform, readonly [begin: number, before: number]>> = {
  x: [Date.UTC(2014, 5, 1), Date.UTC(2010, 0, 1)],
  tiktok: [Date.UTC(2019, 0, 1), Date.UTC(2017, 0, 1)],
};

/** The places of a sequence unless it states another number. Longer lists continue in the years before. */
const USUAL_SEQUENCE = 10_000;

/** The share of followers that came in one week, and where in the sequence they begin. */
const VIRAL = { from: 0.3, share: 0.12, time: 7 * DAY };
/** On TikTok, so many places share one second, so that rows repeat at page borders. */
const TOGETHER = 2;

/** Accounts that were bought: created in a short time, and following one after the other. */
export interface Batch {
  /** Their number. */
  readonly count: number;
  /** The place of the newest. */
  readonly from: number;
  /** In how many hours they followed. Default: 5. */
  readonly hours?: number;
  /** In how many hours they were created. Default: 30. */
  readonly createdWithin?: number;
  /** How many days before they followed the last of them was created. Default: 12. */
  readonly createdBefore?: number;
}

export interface TimelineOptions {
  readonly platform: Platform;
  readonly seed: number;
  readonly sequence?: number;
  readonly bought?: Batch;
}

export interface Timeline {
  /** The time of the follow at a place; epoch milliseconds, whole seconds on TikTok. Later places are older. */
  followedAt(place: number): number;
  /** When an account of the batch at a place was created; `null` elsewhere. */
  boughtAt(place: number): number | null;
}

/** The time at a share of the sequence, without the random part: growth is linear, so the number grows by its square. */
function timeAt(share: number, platform: Platform): number {
  const [begin, before] = BEGAN[platform];
  if (share >= 1) return before + (begin - before) / share;
  const inside = Math.min(Math.max(share - VIRAL.from, 0), VIRAL.share);
  const others = (share - inside) / (1 - VIRAL.share);
  const span = NEWEST - begin - VIRAL.time;
  const viral = VIRAL.time * (1 - inside / VIRAL.share);
  return begin + span * Math.sqrt(1 - others) + viral;
}

export function makeTimeline({
  platform,
  seed,
  sequence = USUAL_SEQUENCE,
  bought,
}: TimelineOptions): Timeline {
  const batch = bought === undefined ? null : { hours: 5, createdWithin: 30, createdBefore: 12, ...bought };
  const duration = (batch?.hours ?? 0) * HOUR;

  /** A time between those of this place and the next. */
  function organic(place: number): number {
    const newer = timeAt(place / sequence, platform);
    const older = timeAt((place + 1) / sequence, platform);
    return newer - (mix(seed ^ 0x71e5, place) / 2 ** 32) * (newer - older);
  }

  function exact(place: number): number {
    if (batch === null || place < batch.from) return organic(place);
    const within = place - batch.from;
    if (within >= batch.count) return organic(place - batch.count) - duration;
    const draw = mix(seed ^ 0xb0a7, place) / 2 ** 32;
    return timeAt(batch.from / sequence, platform) - ((within + draw) / batch.count) * duration;
  }

  function followedAt(place: number): number {
    if (platform === 'x') return Math.floor(exact(place));
    return Math.floor(exact(place - (place % TOGETHER)) / 1000) * 1000;
  }

  return {
    followedAt,
    boughtAt(place) {
      const within = batch === null ? -1 : place - batch.from;
      if (batch === null || within < 0 || within >= batch.count) return null;
      const last = timeAt(batch.from / sequence, platform) - duration - batch.createdBefore * DAY;
      const draw = (mix(seed ^ 0xc4ea, place) / 2 ** 32) * 0.04;
      return last - (within / batch.count + draw) * batch.createdWithin * HOUR;
    },
  };
}
