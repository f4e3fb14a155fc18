/** Finds the accounts of a segment that match a query. */
import type { SnapshotId } from '../model/ids.ts';
import { UNKNOWN_WHOLE, type DerivedValues } from '../store/derived.ts';
import {
  FLAG_SHIFTS,
  NO,
  NOT_STATED,
  YES,
  followColumns,
  searchedColumns,
  type Column,
  type FlagName,
  type NumberColumn,
} from './columns.ts';
import { foldText } from './fold.ts';
import { numberReader } from '../insight/readers.ts';
import type { RuleContext } from '../insight/rules.ts';
import type { Condition } from './conditions.ts';
import type { LoadedSegment } from './loaded.ts';
import { columnsOfCondition, keepCondition } from './match-conditions.ts';
import type { ListFilters, ListQuery, Range } from './query.ts';
import { eachMatch, encodeNeedle, textAt } from './text-column.ts';

type FlagFilter = Extract<keyof ListFilters, 'verified' | 'private' | 'hasWebsite' | 'hasBio'>;

const FLAG_FILTERS: Readonly<Record<FlagFilter, FlagName>> = {
  verified: 'verified',
  private: 'private',
  hasWebsite: 'website',
  hasBio: 'bio',
};

const RANGE_FILTERS: Readonly<Record<'followers' | 'following' | 'created', NumberColumn>> = {
  followers: 'followers',
  following: 'following',
  created: 'createdAt',
};

/** A query in terms of columns. */
export interface Criteria {
  /** Bytes as characters; empty means no search. */
  readonly needle: string;
  readonly location: string;
  readonly flags: readonly { readonly name: FlagName; readonly wanted: boolean }[];
  readonly ranges: readonly { readonly column: NumberColumn; readonly range: Range }[];
  readonly followed: Range | null;
  /** From 1. */
  readonly position: Range | null;
  readonly members: readonly { readonly list: SnapshotId; readonly isIn: boolean }[];
  readonly conditions: readonly Condition[];
}

function entriesOf<K extends string, V>(record: Readonly<Record<K, V>>): readonly (readonly [K, V])[] {
  return Object.entries(record) as [K, V][];
}

export function criteriaOf({ text, filters }: ListQuery): Criteria {
  return {
    needle: encodeNeedle(foldText(text)),
    location: encodeNeedle(foldText(filters.location)),
    flags: entriesOf(FLAG_FILTERS).flatMap(([filter, name]) => {
      const wanted = filters[filter];
      return wanted === null ? [] : [{ name, wanted }];
    }),
    ranges: entriesOf(RANGE_FILTERS).flatMap(([filter, column]) => {
      const range = filters[filter];
      return range === null ? [] : [{ column, range }];
    }),
    followed: filters.followed,
    position: filters.position,
    members: [
      ...filters.inLists.map((list) => ({ list, isIn: true })),
      ...filters.notInLists.map((list) => ({ list, isIn: false })),
    ],
    conditions: filters.conditions,
  };
}

/** The columns that the criteria need. */
export function columnsFor(criteria: Criteria): readonly Column[] {
  const { needle, location, flags, ranges, followed, conditions } = criteria;
  return Array.from(
    new Set<Column>([
      ...(flags.length > 0 ? (['flags'] as const) : []),
      ...ranges.map(({ column }) => column),
      ...(followed === null ? [] : followColumns),
      ...(needle === '' ? [] : searchedColumns),
      ...(location === '' ? [] : (['location'] as const)),
      ...conditions.flatMap(columnsOfCondition),
    ]),
  );
}

/** Whether the list contains a field at all; if so, an omitted value means that there is none. */
export interface StatedFields {
  readonly bio: boolean;
  readonly website: boolean;
}

/** Whether any account of a segment has a bio, and whether any has a website. */
export function statedFieldsIn(values: DerivedValues): StatedFields {
  const stated = { bio: false, website: false };
  if (values.kind !== 'flags') return stated;
  for (const value of values.of) {
    if (((value >>> FLAG_SHIFTS.bio) & 3) === YES) stated.bio = true;
    if (((value >>> FLAG_SHIFTS.website) & 3) === YES) stated.website = true;
  }
  return stated;
}

/**
 * Marks each account of a segment with 1 if it matches all criteria, else with 0.
 * @param among the accounts that can match at all; `null` for all
 */
export function matchSegment(
  segment: LoadedSegment,
  { needle, location, flags, ranges, followed, position, members, conditions }: Criteria,
  context: RuleContext,
  among: Uint8Array | null,
): Uint8Array<ArrayBuffer> {
  const marks = new Uint8Array(segment.count);
  if (among === null) marks.fill(1);
  else marks.set(among);
  if (position !== null) keepPositions(marks, segment.first, position);
  for (const { list, isIn } of members)
    keepMembers(marks, segment.first, context.sets.inList.get(list), isIn);
  for (const { name, wanted } of flags) {
    keepFlagged(marks, segment.values('flags'), FLAG_SHIFTS[name], wantedCodes(name, wanted, context.stated));
  }
  for (const { column, range } of ranges) keepInRange(marks, segment.values(column), range);
  if (followed !== null) keepFollowed(marks, segment, followed);
  for (const condition of conditions) keepCondition(marks, segment, condition, context);
  if (location !== '') keepWithText(marks, [segment.values('location')], location);
  if (needle !== '') keepWithText(marks, searchedColumns.map(segment.values), needle);
  return marks;
}

function keepPositions(marks: Uint8Array, first: number, { from, to }: Range): void {
  const min = (from ?? 1) - 1 - first;
  const max = (to ?? Infinity) - 1 - first;
  for (let at = 0; at < marks.length; at += 1) if (at < min || at > max) marks[at] = 0;
}

/** Keeps the accounts that are in a list, or those that aren't. */
function keepMembers(marks: Uint8Array, first: number, inList: Uint8Array | undefined, isIn: boolean): void {
  if (inList === undefined) throw new Error('The list of a filter was not read.');
  const wanted = isIn ? 1 : 0;
  for (let at = 0; at < marks.length; at += 1) if ((inList[first + at] ?? 0) !== wanted) marks[at] = 0;
}

/** The two-bit codes that match, as a bit set. */
function wantedCodes(name: FlagName, wanted: boolean, stated: StatedFields): number {
  if (wanted) return 1 << YES;
  const isOmittedNo = (name === 'bio' || name === 'website') && stated[name];
  return (1 << NO) | (isOmittedNo ? 1 << NOT_STATED : 0);
}

function keepFlagged(marks: Uint8Array, values: DerivedValues, shift: number, wanted: number): void {
  if (values.kind !== 'flags') {
    marks.fill(0);
    return;
  }
  for (let at = 0; at < marks.length; at += 1) {
    const code = ((values.of[at] ?? 0) >>> shift) & 3;
    if (((wanted >>> code) & 1) === 0) marks[at] = 0;
  }
}

function keepInRange(marks: Uint8Array, values: DerivedValues, { from, to }: Range): void {
  if (values.kind !== 'numbers') {
    marks.fill(0);
    return;
  }
  const min = from ?? -Infinity;
  const max = to ?? Infinity;
  const unknown = values.of instanceof Uint32Array ? UNKNOWN_WHOLE : NaN;
  for (let at = 0; at < marks.length; at += 1) {
    const value = values.of[at] ?? NaN;
    // NaN is not in any range.
    if (value === unknown || !(value >= min && value <= max)) marks[at] = 0;
  }
}

/** Keeps accounts that certainly followed in a range: an end that the range has must be known, and in it. */
function keepFollowed(marks: Uint8Array, segment: LoadedSegment, { from, to }: Range): void {
  const after = numberReader(segment.values('followedAfter'));
  const before = numberReader(segment.values('followedBefore'));
  for (let at = 0; at < marks.length; at += 1) {
    // Comparisons with NaN are false.
    if ((from !== null && !(after(at) >= from)) || (to !== null && !(before(at) <= to))) marks[at] = 0;
  }
}

/** Below this share of candidates, checking each of them is faster than searching the whole text. */
const SEARCH_EACH_BELOW = 1 / 16;

function keepWithText(
  marks: Uint8Array<ArrayBuffer>,
  columns: readonly DerivedValues[],
  needle: string,
): void {
  const texts = columns.filter((values) => values.kind === 'text');
  const candidates = positionsOf(marks);
  if (candidates.length < marks.length * SEARCH_EACH_BELOW) {
    for (const at of candidates) {
      if (!texts.some((values) => textAt(values, at)?.includes(needle) === true)) marks[at] = 0;
    }
    return;
  }
  const found = new Uint8Array(marks.length);
  for (const values of texts) {
    eachMatch(values, needle, (at) => {
      found[at] = 1;
    });
  }
  for (let at = 0; at < marks.length; at += 1) marks[at] = (marks[at] ?? 0) & (found[at] ?? 0);
}

/** The marked positions in order. */
export function positionsOf(marks: Uint8Array): Uint32Array<ArrayBuffer> {
  const positions = new Uint32Array(marks.length);
  let count = 0;
  for (let at = 0; at < marks.length; at += 1) {
    positions[count] = at;
    count += marks[at] ?? 0;
  }
  return positions.slice(0, count);
}
