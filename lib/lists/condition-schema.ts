/** The schema of conditions that come from another context, a stored view, or an address. */
import { handleShapes } from '../insight/handle-shape.ts';
import { ruleNames } from '../insight/rule-names.ts';
import { snapshotIdSchema } from '../model/ids.ts';
import { statuses } from '../sets/statuses.ts';
import { z } from '../zod.ts';
import { valueFields } from './columns.ts';

/** So that a damaged or malicious address can't keep the worker busy. */
const MAX_CONDITIONS = 50;
const MAX_VALUES = 200;

const end = z.nullable(z.number());
const between = z.object({ from: z.number(), to: z.number() });
const texts = z.readonly(z.array(z.string().check(z.maxLength(500))).check(z.maxLength(MAX_VALUES)));

export const ruleSettingSchema = z.object({ rule: z.enum(ruleNames), n: z.number() });

const conditionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('posts'), from: end, to: end }),
  z.object({
    kind: z.literal('values'),
    field: z.enum([...valueFields, 'script']),
    values: texts,
  }),
  z.object({ kind: z.literal('terms'), terms: texts }),
  z.object({ kind: z.literal('handle'), shapes: z.readonly(z.array(z.enum(handleShapes))) }),
  z.object({ kind: z.literal('picture'), isDefault: z.boolean() }),
  z.object({ kind: z.literal('area'), positions: between, created: between }),
  z.object({ kind: z.literal('followArea'), followed: between, created: between }),
  z.object({
    kind: z.literal('compared'),
    with: snapshotIdSchema,
    statuses: z.readonly(z.array(z.enum(statuses)).check(z.maxLength(MAX_VALUES))),
    certain: z.nullable(z.boolean()),
  }),
  z.object({
    kind: z.literal('rules'),
    rules: z.readonly(z.array(ruleSettingSchema).check(z.maxLength(MAX_VALUES))),
    atLeast: z.int().check(z.positive()),
  }),
]);

export const conditionsSchema = z.readonly(z.array(conditionSchema).check(z.maxLength(MAX_CONDITIONS)));
