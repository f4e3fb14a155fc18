/**
 * Rules that anyone can check: each states one observation about an account. They are no verdict, and there is no score.
 * A new rule is a name with its threshold in `rule-names.ts`, an entry here, and its words. Pure.
 */
import { FLAG_SHIFTS, NO, NOT_STATED, UNKNOWN, YES, type Column, type FlagName } from '../lists/columns.ts';
import type { LoadedSegment } from '../lists/loaded.ts';
import { digitsOf, shapeIndexOf } from './handle-shape.ts';
import { numberReader, codeReader } from './readers.ts';
import type { SetMarks } from '../lists/set-marks.ts';
import type { RuleName } from './rule-names.ts';

/** What rules need to know besides the accounts of a segment. */
export interface RuleContext {
  /** Whether any account of the list has a bio, and a website; if so, an omitted one means that there is none. */
  readonly stated: { readonly bio: boolean; readonly website: boolean };
  /** When the list was collected, epoch milliseconds. */
  readonly collectedAt: number;
  /** How many other accounts of the list have the same bio, by position; `null` if no rule needs it. */
  readonly twins: Uint32Array | null;
  /** What other lists say about the accounts, as far as filters need it. */
  readonly sets: SetMarks;
}

/** {@link YES}, {@link NO}, or {@link UNKNOWN} for an account of the segment. */
export type Decide = (at: number) => number;

interface Rule {
  readonly columns: readonly Column[];
  readonly decide: (segment: LoadedSegment, n: number, context: RuleContext) => Decide;
}

const DAY = 86_400_000;

function truth(value: boolean): number {
  return value ? YES : NO;
}

/** Both of two observations: unknown only if neither is false. */
function both(one: number, other: number): number {
  if (one === NO || other === NO) return NO;
  return one === YES && other === YES ? YES : UNKNOWN;
}

function negated(code: number): number {
  return code === YES ? NO : code === NO ? YES : UNKNOWN;
}

/** Whether an account has a bio or a website. */
function presence(segment: LoadedSegment, name: FlagName, { stated }: RuleContext): Decide {
  const isOmittedNo = (name === 'bio' && stated.bio) || (name === 'website' && stated.website);
  const read = codeReader(segment.values('flags'));
  return (at) => {
    const code = (read(at) >>> FLAG_SHIFTS[name]) & 3;
    return code === NOT_STATED ? (isOmittedNo ? NO : UNKNOWN) : code;
  };
}

const neverPosted: Rule = {
  columns: ['posts'],
  decide: (segment) => {
    const posts = numberReader(segment.values('posts'));
    return (at) => {
      const value = posts(at);
      return Number.isNaN(value) ? UNKNOWN : truth(value === 0);
    };
  },
};

const pictureAndBio: Rule = {
  columns: ['picture', 'flags'],
  decide: (segment, _, context) => {
    const picture = codeReader(segment.values('picture'));
    const bio = presence(segment, 'bio', context);
    return (at) => both(picture(at), negated(bio(at)));
  },
};

const emptyProfile: Rule = {
  columns: ['flags', 'value:location'],
  decide: (segment, _, context) => {
    const bio = presence(segment, 'bio', context);
    const website = presence(segment, 'website', context);
    const location = segment.values('value:location');
    // A location that is not stated is unknown, so it says nothing; one that is stated does.
    const hasLocation = (at: number): boolean => location.kind === 'values' && (location.of[at] ?? 0) !== 0;
    return (at) => (hasLocation(at) ? NO : both(negated(bio(at)), negated(website(at))));
  },
};

const followsTimes: Rule = {
  columns: ['followers', 'following'],
  decide: (segment, n) => {
    const followers = numberReader(segment.values('followers'));
    const following = numberReader(segment.values('following'));
    return (at) => {
      const [its, theirs] = [followers(at), following(at)];
      if (Number.isNaN(its) || Number.isNaN(theirs)) return UNKNOWN;
      return truth(theirs > n * Math.max(1, its));
    };
  },
};

const fewFollowers: Rule = {
  columns: ['followers'],
  decide: (segment, n) => {
    const followers = numberReader(segment.values('followers'));
    return (at) => {
      const value = followers(at);
      return Number.isNaN(value) ? UNKNOWN : truth(value <= n);
    };
  },
};

const trailingDigits: Rule = {
  columns: ['handleShape'],
  decide: (segment, n) => {
    const shape = codeReader(segment.values('handleShape'));
    return (at) => {
      const packed = shape(at);
      return shapeIndexOf(packed) < 0 ? UNKNOWN : truth(digitsOf(packed) >= n);
    };
  },
};

const sameBio: Rule = {
  columns: ['flags', 'bioHash'],
  decide: (segment, n, context) => {
    const bio = presence(segment, 'bio', context);
    const { twins } = context;
    return (at) => {
      const has = bio(at);
      return has === YES ? truth((twins?.[segment.first + at] ?? 0) >= n) : has;
    };
  },
};

const createdBeforeFollowing: Rule = {
  columns: ['createdAt', 'followedAfter', 'followedBefore'],
  decide: (segment, n) => {
    const created = numberReader(segment.values('createdAt'));
    const after = numberReader(segment.values('followedAfter'));
    const before = numberReader(segment.values('followedBefore'));
    return (at) => {
      // Only what is certain: the whole bracket lies within the days, or outside.
      if (before(at) - created(at) <= n * DAY) return YES;
      return after(at) - created(at) > n * DAY ? NO : UNKNOWN;
    };
  },
};

const createdBeforeCollecting: Rule = {
  columns: ['createdAt'],
  decide: (segment, n, { collectedAt }) => {
    const created = numberReader(segment.values('createdAt'));
    return (at) => {
      const value = created(at);
      return Number.isNaN(value) ? UNKNOWN : truth(collectedAt - value <= n * DAY);
    };
  },
};

const postsPerDay: Rule = {
  columns: ['posts', 'createdAt'],
  decide: (segment, n, { collectedAt }) => {
    const posts = numberReader(segment.values('posts'));
    const created = numberReader(segment.values('createdAt'));
    return (at) => {
      const days = Math.max(1, (collectedAt - created(at)) / DAY);
      const rate = posts(at) / days;
      return Number.isNaN(rate) ? UNKNOWN : truth(rate > n);
    };
  },
};

const RULES: Readonly<Record<RuleName, Rule>> = {
  neverPosted,
  pictureAndBio,
  emptyProfile,
  followsTimes,
  fewFollowers,
  trailingDigits,
  sameBio,
  createdBeforeFollowing,
  createdBeforeCollecting,
  postsPerDay,
};

/** The columns that a rule needs. */
export function columnsOfRule(rule: RuleName): readonly Column[] {
  return RULES[rule].columns;
}

/** Decides a rule for the accounts of a segment. */
export function ruleOn(segment: LoadedSegment, rule: RuleName, n: number, context: RuleContext): Decide {
  return RULES[rule].decide(segment, n, context);
}
