/** What is computed about an audience, as messages carry it. */
import { z } from '../zod.ts';
import { ruleSettingSchema } from '../lists/condition-schema.ts';
import { arrivalUnits, facetNames } from './facets.ts';

const count = z.int().check(z.nonnegative());
const end = z.nullable(z.number());

/** A bar: a value, or a range with both ends included, and how many accounts it has. */
const bar = z.object({
  /** The value, or the first of the range as text. */
  key: z.string(),
  /** As it was first stated, for values that are compared without case and accents; else the key. */
  spelled: z.string(),
  from: end,
  to: end,
  count,
});
export type Bar = z.infer<typeof bar>;

export const facetResultSchema = z.object({
  name: z.enum(facetNames),
  /** The accounts that the search and all other filters leave. */
  total: count,
  /** For how many of them the field is known. Shares refer to these. */
  known: count,
  /** How many different values they have; `null` where there are only bins. */
  distinct: z.nullable(count),
  /** Of values the most frequent ones. Empty bins are left out. */
  bars: z.readonly(z.array(bar)),
});
export type FacetResult = z.infer<typeof facetResultSchema>;

/** What a fingerprint shows from left to right: places in the list, or follow times. */
export const fingerprintAxes = ['time', 'order'] as const;
export type FingerprintAxis = (typeof fingerprintAxes)[number];

export const fingerprintOptionsSchema = z.object({
  columns: z.int().check(z.positive(), z.maximum(4096)),
  rows: z.int().check(z.positive(), z.maximum(4096)),
  /** A list without follow times is shown by `order`. */
  axis: z.enum(fingerprintAxes),
});
export type FingerprintOptions = z.infer<typeof fingerprintOptionsSchema>;

const span = z.object({ from: z.number(), to: z.number() });

/**
 * A density picture, with creation from bottom to top. By `order`, the first account, which followed last, is at the left;
 * by `time`, who followed first is at the left, and each account is in the middle of the interval in which it followed.
 */
export const fingerprintSchema = z.object({
  columns: count,
  rows: count,
  /** Row by row from the top. */
  density: z.instanceof(Uint32Array),
  largest: count,
  axis: z.enum(fingerprintAxes),
  /** Whether the list has follow times. */
  isDated: z.boolean(),
  /** Positions from 0, or epoch milliseconds. */
  across: span,
  created: span,
  total: count,
  known: count,
});
export type Fingerprint = z.infer<typeof fingerprintSchema>;

export const runSchema = z.object({
  /** List positions from 0, both included. */
  first: count,
  last: count,
  /** Creation of the accounts, epoch milliseconds. */
  createdFrom: z.number(),
  createdTo: z.number(),
  count,
  /** How many accounts so created would be expected in this stretch of the list. */
  expected: z.number(),
});
export type Run = z.infer<typeof runSchema>;

export const ruleResultSchema = z.object({
  setting: ruleSettingSchema,
  /** For how many accounts it can be decided. */
  known: count,
  matched: count,
});
export type RuleResult = z.infer<typeof ruleResultSchema>;

/** What a page asks about an audience. */
export const audienceOptionsSchema = z.object({
  arrivals: z.enum(arrivalUnits),
  fingerprint: z.nullable(fingerprintOptionsSchema),
  rules: z.readonly(z.array(ruleSettingSchema)),
  runs: z.boolean(),
});
export type AudienceOptions = z.infer<typeof audienceOptionsSchema>;

/** The parts of the response, each sent when it is ready. */
export const audiencePartSchema = z.discriminatedUnion('part', [
  z.object({ part: z.literal('facets'), results: z.readonly(z.array(facetResultSchema)) }),
  z.object({ part: z.literal('values'), results: z.readonly(z.array(facetResultSchema)) }),
  z.object({ part: z.literal('terms'), results: z.readonly(z.array(facetResultSchema)) }),
  z.object({ part: z.literal('fingerprint'), fingerprint: fingerprintSchema }),
  z.object({ part: z.literal('rules'), total: count, results: z.readonly(z.array(ruleResultSchema)) }),
  z.object({ part: z.literal('runs'), runs: z.readonly(z.array(runSchema)) }),
  z.object({ part: z.literal('done') }),
]);
export type AudiencePart = z.infer<typeof audiencePartSchema>;
