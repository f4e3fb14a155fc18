/**
 * Finds runs: many accounts that were created in a short time and follow one after another in the list. Pure.
 *
 * The rule, as docs/reading-a-fingerprint.md states it for users. Take the accounts that were created within the same day,
 * seven days, or thirty days. A stretch of the list is a run if
 *
 * 1. it contains at least {@link MIN_COUNT} of them,
 * 2. they are at least {@link MIN_RATIO} times as many as expected in a stretch of its length, and
 * 3. it is at most half of the part of the list in which they can be.
 *
 * Expected is the largest of three shares: that of accounts created shortly before and after; that which the same accounts
 * have in most of the list; and that of accounts of the same age when they followed. The first allows for times in which
 * more accounts were created, the second for waves of new accounts on the platform, and the third for lists that mostly
 * consist of new accounts. Age is measured from the newest account at or below the same place, because nobody follows
 * before an account exists.
 */
import type { Run } from './answers.ts';

export const MIN_COUNT = 40;
export const MIN_RATIO = 10;
/** The most runs that are reported. */
const MAX_RUNS = 50;

const DAY = 86_400_000;
const SCALES = [1, 7, 30].map((days) => days * DAY);
/** The list is divided into so many parts to find the share that accounts have in most of it. */
const PARTS = 16;
/** Windows before and after, for the share of accounts created shortly before and after. */
const NEIGHBORS = 10;
/** An account at the end of a stretch belongs to it if its distance is at most this many times the average. */
const LOOSE_END = 5;
/** Ages are grouped from an hour on, two groups for each doubling. */
const HOUR = 3_600_000;
const STEPS_PER_DOUBLING = 2;
const AGE_STEPS = 48;
/** A stretch's expected share is averaged over so many places. */
const SAMPLES = 16;

/** The accounts whose creation is known, in the order of the list. */
interface Known {
  readonly positions: Uint32Array;
  readonly created: Float64Array;
  /** The latest creation of the account and all after it. */
  readonly frontier: Float64Array;
  /** The share of all accounts that were at most this old when they followed. */
  readonly youngerThan: (age: number) => number;
}

function knownOf(created: Float64Array): Known {
  const positions = new Uint32Array(created.length);
  const times = new Float64Array(created.length);
  let count = 0;
  for (let position = 0; position < created.length; position += 1) {
    const time = created[position] ?? NaN;
    if (Number.isNaN(time)) continue;
    positions[count] = position;
    times[count++] = time;
  }
  const frontier = new Float64Array(count);
  let latest = -Infinity;
  for (let rank = count - 1; rank >= 0; rank -= 1) {
    latest = Math.max(latest, times[rank] ?? latest);
    frontier[rank] = latest;
  }
  const known = { positions: positions.subarray(0, count), created: times.subarray(0, count), frontier };
  return { ...known, youngerThan: ageDistribution(known) };
}

/** The first age of a group. */
function ageOfStep(step: number): number {
  return step === 0 ? 0 : HOUR * 2 ** ((step - 1) / STEPS_PER_DOUBLING);
}

function stepOfAge(age: number): number {
  if (age < HOUR) return 0;
  return Math.min(AGE_STEPS - 1, 1 + Math.floor(STEPS_PER_DOUBLING * Math.log2(age / HOUR)));
}

function ageDistribution({ created, frontier }: Pick<Known, 'created' | 'frontier'>): Known['youngerThan'] {
  const younger = new Uint32Array(AGE_STEPS + 1);
  for (let rank = 0; rank < created.length; rank += 1) {
    const next = stepOfAge((frontier[rank] ?? 0) - (created[rank] ?? 0)) + 1;
    younger[next] = (younger[next] ?? 0) + 1;
  }
  for (let step = 1; step <= AGE_STEPS; step += 1)
    younger[step] = (younger[step] ?? 0) + (younger[step - 1] ?? 0);
  return (age) => {
    if (age <= 0) return 0;
    const step = stepOfAge(age);
    const [from, to] = [ageOfStep(step), ageOfStep(step + 1)];
    const within = Math.min(1, (age - from) / (to - from));
    const before = younger[step] ?? 0;
    return (before + within * ((younger[step + 1] ?? 0) - before)) / created.length;
  };
}

/** The average share of accounts of these ages along a stretch. */
function shareOfAges(
  { frontier, youngerThan }: Known,
  first: number,
  last: number,
  created: { readonly from: number; readonly to: number },
): number {
  let sum = 0;
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const newest = frontier[first + Math.floor(((last - first) * sample) / (SAMPLES - 1))] ?? 0;
    sum += youngerThan(newest - created.from + 1) - youngerThan(newest - created.to);
  }
  return sum / SAMPLES;
}

/** The accounts grouped by the window of their creation. */
interface Windows {
  readonly scale: number;
  /** The beginning of window 0. */
  readonly origin: number;
  /** The ranks of window `w` are `ranks[starts[w]]` to `ranks[starts[w + 1]]`, ascending. */
  readonly starts: Uint32Array;
  readonly ranks: Uint32Array;
}

function windowsOf({ created }: Known, scale: number, offset: number): Windows {
  let earliest = Infinity;
  let latest = -Infinity;
  for (const time of created) {
    earliest = Math.min(earliest, time);
    latest = Math.max(latest, time);
  }
  const origin = earliest - offset;
  const starts = new Uint32Array(Math.floor((latest - origin) / scale) + 2);
  for (const time of created) {
    const next = Math.floor((time - origin) / scale) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let window = 1; window < starts.length; window += 1) {
    starts[window] = (starts[window] ?? 0) + (starts[window - 1] ?? 0);
  }
  const places = starts.slice();
  const ranks = new Uint32Array(created.length);
  created.forEach((time, rank) => {
    const window = Math.floor((time - origin) / scale);
    const place = places[window] ?? 0;
    ranks[place] = rank;
    places[window] = place + 1;
  });
  return { scale, origin, starts, ranks };
}

/** How many accounts follow no earlier than `time`, as far as the list shows: those that could be that old. */
function eligibleCount(frontier: Float64Array, time: number): number {
  let low = 0;
  let high = frontier.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((frontier[middle] ?? 0) >= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The share of a window's accounts in most of the list. */
function usualShare(ranks: Uint32Array, eligible: number): number {
  const parts = new Uint32Array(PARTS);
  for (const rank of ranks) {
    const part = Math.min(PARTS - 1, Math.floor((rank * PARTS) / eligible));
    parts[part] = (parts[part] ?? 0) + 1;
  }
  const median = parts.sort()[PARTS / 2] ?? 0;
  return (median * PARTS) / eligible;
}

/** The average share of the windows before and after. */
function neighborShare({ starts }: Windows, window: number, eligible: number): number {
  const from = Math.max(0, window - NEIGHBORS);
  const to = Math.min(starts.length - 2, window + NEIGHBORS);
  const size = (first: number, last: number): number => (starts[last + 1] ?? 0) - (starts[first] ?? 0);
  const around = Math.max(from, window - 1);
  const behind = Math.min(to, window + 1);
  const others = to - from - (behind - around);
  return others === 0 ? 0 : (size(from, to) - size(around, behind)) / others / eligible;
}

interface Candidate extends Run {
  readonly score: number;
}

/** How much more a count is than expected: the deviance of a Poisson distribution, half of it. */
function scoreOf(count: number, expected: number): number {
  return count * Math.log(count / expected) - (count - expected);
}

/** The stretch without accounts at its ends that are far from the others, as indexes into `ranks`. */
function withoutLooseEnds(ranks: Uint32Array, from: number, to: number): readonly [number, number] {
  let [first, last] = [from, to];
  const at = (index: number): number => ranks[index] ?? 0;
  while (last - first + 1 > MIN_COUNT) {
    const limit = (LOOSE_END * (at(last) - at(first) + 1)) / (last - first + 1);
    if (at(first + 1) - at(first) > limit) first += 1;
    else if (at(last) - at(last - 1) > limit) last -= 1;
    else break;
  }
  return [first, last];
}

function candidateOf(known: Known, ranks: Uint32Array, share: number): Candidate | null {
  const count = ranks.length;
  const [first, last] = [ranks[0] ?? 0, ranks[count - 1] ?? 0];
  let createdFrom = Infinity;
  let createdTo = -Infinity;
  for (const rank of ranks) {
    createdFrom = Math.min(createdFrom, known.created[rank] ?? createdFrom);
    createdTo = Math.max(createdTo, known.created[rank] ?? createdTo);
  }
  const ofAges = shareOfAges(known, first, last, { from: createdFrom, to: createdTo });
  const expected = (last - first + 1) * Math.max(share, ofAges);
  if (count < MIN_RATIO * expected) return null;
  return {
    first: known.positions[first] ?? 0,
    last: known.positions[last] ?? 0,
    createdFrom,
    createdTo,
    count,
    expected,
    score: scoreOf(count, expected),
  };
}

/** The candidates among the accounts of one window. */
function candidatesIn(known: Known, windows: Windows, window: number): readonly Candidate[] {
  const { scale, origin, starts } = windows;
  const ranks = windows.ranks.subarray(starts[window] ?? 0, starts[window + 1] ?? 0);
  if (ranks.length < MIN_COUNT) return [];
  const eligible = eligibleCount(known.frontier, origin + window * scale);
  // Fewer than two accounts of a window are too few to expect a share from.
  const share = Math.max(neighborShare(windows, window, eligible), usualShare(ranks, eligible), 2 / eligible);
  return stretchesOf(ranks, 1 / (MIN_RATIO * share)).flatMap((stretch) => {
    const isShort = (stretch.at(-1) ?? 0) - (stretch[0] ?? 0) < eligible / 2;
    const candidate = isShort ? candidateOf(known, stretch, share) : null;
    return candidate === null ? [] : [candidate];
  });
}

/** Stretches of at least {@link MIN_COUNT} accounts, in which none is further from the next than `maxGap`. */
function stretchesOf(ranks: Uint32Array, maxGap: number): readonly Uint32Array[] {
  const stretches: (readonly [number, number])[] = [];
  const at = (index: number): number => ranks[index] ?? 0;
  let from = 0;
  for (let next = 1; next <= ranks.length; next += 1) {
    if (next < ranks.length && at(next) - at(next - 1) <= maxGap) continue;
    if (next - from >= MIN_COUNT) {
      const [first, last] = withoutLooseEnds(ranks, from, next - 1);
      const before = stretches.at(-1);
      // A single wider gap doesn't make two stretches of one.
      const isClose =
        before !== undefined &&
        at(first) - at(before[1]) < (at(last) - at(first) + at(before[1]) - at(before[0])) / 4;
      if (isClose) stretches[stretches.length - 1] = [before[0], last];
      else stretches.push([first, last]);
    }
    from = next;
  }
  return stretches.map(([first, last]) => ranks.subarray(first, last + 1));
}

/** Whether two candidates have accounts in common, or nearly so. */
function overlaps(one: Candidate, other: Candidate): boolean {
  return (
    one.first <= other.last &&
    other.first <= one.last &&
    one.createdFrom <= other.createdTo + DAY &&
    other.createdFrom <= one.createdTo + DAY
  );
}

/**
 * The runs of a list, the most unusual first.
 * @param created the creation of each account in the platform's order, epoch milliseconds; NaN is unknown
 */
export function findRuns(created: Float64Array): readonly Run[] {
  const known = knownOf(created);
  if (known.created.length < 2 * MIN_COUNT) return [];
  const candidates: Candidate[] = [];
  for (const scale of SCALES) {
    // Windows that overlap by half, so that no batch is always cut in two.
    for (const offset of [0, scale / 2]) {
      const windows = windowsOf(known, scale, offset);
      for (let window = 0; window + 1 < windows.starts.length; window += 1) {
        candidates.push(...candidatesIn(known, windows, window));
      }
    }
  }
  candidates.sort((a, b) => b.score - a.score || a.first - b.first);
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length === MAX_RUNS) break;
    if (!chosen.some((better) => overlaps(better, candidate))) chosen.push(candidate);
  }
  return chosen.map(({ first, last, createdFrom, createdTo, count, expected }) => ({
    first,
    last,
    createdFrom,
    createdTo,
    count,
    expected,
  }));
}
