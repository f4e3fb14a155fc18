/** The rules of batches, and of limits that runs share. */
import { batchIdSchema, MOST_PROFILES, type Batch, type BatchLine } from '../../model/batch.ts';
import { budgetIdSchema, type Budget } from '../../model/budget.ts';
import { providerIdSchema, snapshotIdSchema } from '../../model/ids.ts';
import { unitSchema } from '../../model/money.ts';
import { platformSchema, relationSchema } from '../../model/platform.ts';
import { handleSchema } from '../../model/profile.ts';
import { z } from '../../zod.ts';
import { exact, list, record, type Rule } from './rule.ts';
import { count, howMany, time } from './values.ts';

export const budgetRule: Rule<Budget> = record<Budget>({
  id: exact(() => budgetIdSchema),
  kind: exact(() => z.enum(['batch', 'watch'])),
  provider: exact(() => providerIdSchema),
  unit: exact(() => unitSchema),
  limit: count,
  counted: count,
  since: time,
});

const line: Rule<BatchLine> = record<BatchLine>({
  handle: exact(() => handleSchema),
  list: exact(() => snapshotIdSchema),
});

export const batchRule: Rule<Batch> = record<Batch>({
  id: exact(() => batchIdSchema),
  createdAt: time,
  platform: exact(() => platformSchema),
  relation: exact(() => relationSchema),
  provider: exact(() => providerIdSchema),
  howMany,
  budget: exact(() => budgetIdSchema),
  lines: list(line, MOST_PROFILES),
});
