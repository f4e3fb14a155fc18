/** Rules under names as a small file, and back. Pure. */
import { noFilters, wholeList } from '../../lib/lists/query.ts';
import { queryFromText, queryToText } from '../../lib/lists/query-params.ts';
import { conditionsSchema } from '../../lib/lists/condition-schema.ts';
import type { Condition } from '../../lib/lists/conditions.ts';
import { MAX_SAVED_NAME, type SavedQueries, type SavedQuery } from '../../lib/model/saved-query.ts';
import { z } from '../../lib/zod.ts';

/** Rules with their thresholds, and how many of them an account has to match. */
export type ChosenRules = Extract<Condition, { kind: 'rules' }>;

/** Saves rules as the filter that they make. */
export function savedRules(name: string, rules: ChosenRules): SavedQuery {
  return {
    name,
    list: null,
    query: queryToText({ ...wholeList, filters: { ...noFilters, conditions: [rules] } }),
  };
}

/** The rules of a saved filter; `null` if this version can't read any. */
export function rulesOf({ query }: Pick<SavedQuery, 'query'>): ChosenRules | null {
  for (const condition of queryFromText(query).filters.conditions) {
    if (condition.kind === 'rules') return condition;
  }
  return null;
}

const FORMAT = 'followledger-rules';

const fileSchema = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  rules: z.array(
    z.object({
      name: z.string().check(z.minLength(1), z.maxLength(MAX_SAVED_NAME)),
      at_least: z.unknown(),
      all: z.unknown(),
    }),
  ),
});

/** The content of a file with these rules. */
export function writeRules(saved: SavedQueries): string {
  const rules = Object.values(saved).flatMap((item) => {
    const chosen = rulesOf(item);
    return chosen === null ? [] : [{ name: item.name, at_least: chosen.atLeast, all: chosen.rules }];
  });
  return `${JSON.stringify({ format: FORMAT, version: 1, rules }, null, 2)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: invalid, like any other content.
    return undefined;
  }
}

/** The rules in a file; `null` if it isn't one, or if any of its rules can't be read. */
export function readRules(text: string): readonly SavedQuery[] | null {
  const file = fileSchema.safeParse(parsed(text));
  if (!file.success) return null;
  const found: SavedQuery[] = [];
  for (const { name, at_least: atLeast, all } of file.data.rules) {
    const conditions = conditionsSchema.safeParse([{ kind: 'rules', rules: all, atLeast }]);
    const rules = conditions.success ? conditions.data[0] : undefined;
    if (rules?.kind !== 'rules') return null;
    found.push(savedRules(name, rules));
  }
  return found;
}

/** The saved rules with those of a file that are not among them. Rules with the same name and other thresholds stay. */
export function withRules(now: SavedQueries, added: readonly SavedQuery[], id: () => string): SavedQueries {
  const isKnown = (item: SavedQuery): boolean =>
    Object.values(now).some(({ name, query }) => name === item.name && query === item.query);
  const fresh = added.filter((item) => !isKnown(item)).map((item) => [id(), item] as const);
  return { ...now, ...Object.fromEntries(fresh) };
}
