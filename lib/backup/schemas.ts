/**
 * The schemas of a backup's lines, made from the rules of the store. A backup may contain whatever a store may contain.
 * Unknown fields are rejected. Values out of bounds, which earlier versions could write, are accepted and cleaned.
 */
import { preferencesSchema } from '../settings/preferences.ts';
import { batchRule, budgetRule } from '../store/rules/batch.ts';
import { exact, record } from '../store/rules/rule.ts';
import { entryRule, fillRule, pageRule, rawFields } from '../store/rules/rows.ts';
import { snapshotRule } from '../store/rules/snapshot.ts';
import { z } from '../zod.ts';
import { isBase64 } from './base64.ts';
import type { RawLine } from './format.ts';

const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const amount = z.int().check(z.nonnegative());

export const rawLineRule = record<RawLine>({
  ...rawFields,
  bytes: exact(() => z.string().check(z.refine(isBase64))),
});

const header = z.object({ version: z.int(), created: z.string().check(z.maxLength(100)) });
const trailer = z.strictObject({
  lists: amount,
  pages: amount,
  accounts: amount,
  requests: amount,
  sha256,
});

export const headerLineSchema = z.object({ followledger_backup: header });

export const lineSchema = z.union([
  z.strictObject({ page: pageRule.schema() }),
  z.strictObject({ entry: entryRule.schema() }),
  z.strictObject({ fill: fillRule.schema() }),
  z.strictObject({ snapshot: snapshotRule.schema() }),
  z.strictObject({ closed: z.strictObject({ content: sha256 }) }),
  z.strictObject({ raw: rawLineRule.schema() }),
  z.strictObject({ budget: budgetRule.schema() }),
  z.strictObject({ batch: batchRule.schema() }),
  z.strictObject({ preferences: preferencesSchema }),
  z.strictObject({ end: trailer }),
]);

/** A validated line. */
export type BackupLine = z.output<typeof lineSchema>;
