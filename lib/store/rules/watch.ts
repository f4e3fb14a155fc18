/** The rules of watched lists. */
import { budgetIdSchema } from '../../model/budget.ts';
import { providerIdSchema } from '../../model/ids.ts';
import { platformSchema, relationSchema } from '../../model/platform.ts';
import { handleSchema } from '../../model/profile.ts';
import { intervals, watchIdSchema, type Watch, type WatchAction } from '../../model/watch.ts';
import { z } from '../../zod.ts';
import { exact, nullable, record, variants, type Rule } from './rule.ts';
import { count, time } from './values.ts';

const action: Rule<WatchAction> = variants<WatchAction>({
  remind: {},
  update: {
    provider: exact(() => providerIdSchema),
    budget: exact(() => budgetIdSchema),
    fullEvery: nullable(count),
  },
});

export const watchRule: Rule<Watch> = record<Watch>({
  id: exact(() => watchIdSchema),
  platform: exact(() => platformSchema),
  handle: exact(() => handleSchema),
  handleKey: exact(() => z.string()),
  relation: exact(() => relationSchema),
  every: exact(() => z.enum(intervals)),
  action,
  from: time,
  period: count,
  updates: count,
  lastAt: nullable(time),
});
