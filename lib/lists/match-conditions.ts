/** Finds the accounts of a segment that meet a condition. */
import { handleShapes, shapeIndexOf } from '../insight/handle-shape.ts';
import { codeReader, midpointReader, numberReader } from '../insight/readers.ts';
import { columnsOfRule, ruleOn, type RuleContext } from '../insight/rules.ts';
import type { DerivedValues, Words } from '../store/derived.ts';
import { followColumns, NO, YES, type Column } from './columns.ts';
import type { Condition } from './conditions.ts';
import { foldText } from './fold.ts';
import type { LoadedSegment } from './loaded.ts';
import { comparedKey } from './set-marks.ts';

/** The columns that a condition needs. */
export function columnsOfCondition(condition: Condition): readonly Column[] {
  switch (condition.kind) {
    case 'posts':
      return ['posts'];
    case 'values':
      return [`value:${condition.field}`];
    case 'terms':
      return ['terms'];
    case 'handle':
      return ['handleShape'];
    case 'picture':
      return ['picture'];
    case 'area':
      return ['createdAt'];
    case 'followArea':
      return ['createdAt', ...followColumns];
    case 'compared':
      return [];
    case 'rules':
      return condition.rules.flatMap(({ rule }) => columnsOfRule(rule));
  }
}

/** Whether a condition counts equal bios of the whole list. */
export function needsTwins(condition: Condition): boolean {
  return condition.kind === 'rules' && condition.rules.some(({ rule }) => rule === 'sameBio');
}

/** Sets the marks of accounts that don't meet a condition to 0. */
export function keepCondition(
  marks: Uint8Array,
  segment: LoadedSegment,
  condition: Condition,
  context: RuleContext,
): void {
  const meets = testOf(segment, condition, context);
  for (let at = 0; at < marks.length; at += 1) if (marks[at] === 1 && !meets(at)) marks[at] = 0;
}

type Test = (at: number) => boolean;

function testOf(segment: LoadedSegment, condition: Condition, context: RuleContext): Test {
  switch (condition.kind) {
    case 'posts':
      return between(segment.values('posts'), condition.from ?? -Infinity, condition.to ?? Infinity);
    case 'values':
      return hasValue(segment.values(`value:${condition.field}`), condition.values);
    case 'terms':
      return hasTerm(segment.values('terms'), condition.terms);
    case 'handle': {
      const read = codeReader(segment.values('handleShape'));
      const wanted = new Set(condition.shapes.map((shape) => handleShapes.indexOf(shape)));
      return (at) => wanted.has(shapeIndexOf(read(at)));
    }
    case 'picture': {
      const read = codeReader(segment.values('picture'));
      const wanted = condition.isDefault ? YES : NO;
      return (at) => read(at) === wanted;
    }
    case 'area': {
      const { positions, created } = condition;
      const isCreated = between(segment.values('createdAt'), created.from, created.to);
      return (at) => {
        const position = segment.first + at;
        return position >= positions.from && position <= positions.to && isCreated(at);
      };
    }
    case 'followArea': {
      const { followed, created } = condition;
      const middle = midpointReader(segment);
      const isCreated = between(segment.values('createdAt'), created.from, created.to);
      // NaN is not in any range.
      return (at) => middle(at) >= followed.from && middle(at) <= followed.to && isCreated(at);
    }
    case 'compared': {
      const meets = context.sets.compared.get(comparedKey(condition));
      if (meets === undefined) throw new Error('The lists of a filter were not compared.');
      return (at) => meets[segment.first + at] === 1;
    }
    case 'rules': {
      const { rules, atLeast } = condition;
      const decisions = rules.map(({ rule, n }) => ruleOn(segment, rule, n, context));
      return (at) => {
        let met = 0;
        for (const decide of decisions) if (decide(at) === YES) met += 1;
        return met >= atLeast;
      };
    }
  }
}

function between(values: DerivedValues, from: number, to: number): Test {
  const read = numberReader(values);
  return (at) => {
    const value = read(at);
    // NaN is not in any range.
    return value >= from && value <= to;
  };
}

/** The numbers of wanted values in a segment's vocabulary, counted from 0. */
function numbersOf({ keys }: Words, wanted: ReadonlySet<string>): readonly number[] {
  const found: number[] = [];
  keys.split('\n').forEach((key, number) => {
    if (wanted.has(key)) found.push(number);
  });
  return found;
}

function hasValue(values: DerivedValues, wanted: readonly string[]): Test {
  if (values.kind !== 'values') return () => false;
  const { words, of } = values;
  const isWanted = new Uint8Array(words.count + 1);
  for (const number of numbersOf(words, new Set(wanted.map(foldText)))) isWanted[number + 1] = 1;
  return (at) => isWanted[of[at] ?? 0] === 1;
}

function hasTerm(values: DerivedValues, wanted: readonly string[]): Test {
  if (values.kind !== 'terms') return () => false;
  const { words, starts, of } = values;
  const isWanted = new Uint8Array(words.count);
  for (const number of numbersOf(words, new Set(wanted))) isWanted[number] = 1;
  return (at) => {
    const end = starts[at + 1] ?? 0;
    for (let place = starts[at] ?? 0; place < end; place += 1) {
      if (isWanted[of[place] ?? 0] === 1) return true;
    }
    return false;
  };
}
